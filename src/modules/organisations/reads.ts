import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Caller } from '#shared/identity/index.ts'
import { programmeZone } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import { readOrganisationCode } from './code.ts'
import { proofByLink } from './domains/proof-store.server.ts'
import { digestOfLink } from './members/link.server.ts'
import { type OpenInvitation, invitationOf, membersOf } from './members/members-store.server.ts'
import { type Deciders, whoDecides } from './members/membership.ts'
import {
  type Suggestion,
  findOrganisations as findIn,
  suggestionsOf
} from './names/find-organisations.server.ts'
import './organisations-tables.server.ts'
import type { Contact } from './record/contact.ts'
import { contactsOf } from './record/contact-store.server.ts'
import { currentRecord } from './record/current-record.server.ts'
import { type Said, shownOf } from './record/entry.ts'
import { type FactGroup, type FactKind, type Level, alwaysShown, factKinds, groupOf } from './record/fact.ts'
import { type Holding, countriesLookedAfter, mayLookInside } from './record/insiders.server.ts'
import { factsInForce } from './record/record-store.server.ts'
import {
  type Asker,
  type SearchAnswer,
  idsFound,
  searchOrganisations
} from './search/search-organisations.server.ts'
import type { SearchQuestion } from './search/search-question.ts'

/** Everybody may look an organisation up; what they see of it depends on who they are. */
export const permission = 'public'

/** An organisation, as one who asks may see it. */
export type OrganisationView = {
  id: string
  code: string
  revision: number
  name: string
  latinName: string | undefined
  country: string
  city: string | undefined
  type: string | undefined
  level: Level
  /** The groups that everybody sees. */
  shown: FactGroup[]
  /** What is said, kind by kind. */
  facts: Said[]
  /** Whether the caller sees more than everybody does. */
  inside: boolean
}

/**
 * One organisation by its id; undefined when there is none. One that was merged into another is that other: its
 * code differs from the one asked for.
 */
export async function showOrganisation(
  app: Holding,
  caller: Caller,
  id: string
): Promise<OrganisationView | undefined> {
  const survivor = await currentRecord(app.database, id)
  if (survivor === undefined) return undefined
  const head = await app.database
    .selectFrom('organisations.organisation')
    .selectAll()
    .where('id', '=', survivor)
    .executeTakeFirstOrThrow()
  const inside = await mayLookInside(app, caller, head)
  const all = await factsInForce(app.database, survivor)
  const open = new Set<FactGroup>([...alwaysShown, ...head.shown])
  // What stands in a published list is public already.
  const facts = inside ? all : all.filter(({ kind, source }) => source === 'list' || open.has(groupOf(kind)))
  return {
    id: head.id,
    code: head.code,
    revision: head.revision,
    name: head.name,
    latinName: head.latin_name ?? undefined,
    country: head.country,
    city: head.city ?? undefined,
    type: head.type ?? undefined,
    level: head.level,
    shown: head.shown,
    facts: (Object.keys(factKinds) as FactKind[]).flatMap((kind) => shownOf(facts, kind)),
    inside
  }
}

/** Whom to ask at an organisation: those it shows to everybody, or all to its own people and to officers. */
export async function showContacts(app: Holding, caller: Caller, id: string): Promise<Contact[]> {
  const head = await app.database
    .selectFrom('organisations.organisation')
    .select(['id', 'country'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!head) return []
  const inside = await mayLookInside(app, caller, head)
  const contacts = await contactsOf(app.database, id)
  return inside ? contacts : contacts.filter(({ shown }) => shown)
}

/** The id of the organisation that a code means, merged ones followed; undefined when no organisation has it. */
export async function organisationByCode(
  app: { database: Database },
  written: string
): Promise<{ id: string; code: string } | undefined> {
  const read = readOrganisationCode(written)
  if (read === undefined || read === 'unclear') return undefined
  const found = await app.database
    .selectFrom('organisations.organisation')
    .select('id')
    .where('code', '=', read.code)
    .executeTakeFirst()
  const id = found && (await currentRecord(app.database, found.id))
  if (id === undefined) return undefined
  return app.database
    .selectFrom('organisations.organisation')
    .select(['id', 'code'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** What is needed to name an organisation. `id` is the one asked for, the rest that of the record it is now. */
export type OrganisationName = { id: string; code: string; name: string; country: string }

/** Organisations that somebody may mean by what they typed, the best fit first. */
export async function findOrganisations(
  app: { database: Database },
  text: string,
  limit = 10
): Promise<Suggestion[]> {
  return findIn(app.database, text, limit)
}

/** The list of organisations by words and facets, with counts. */
export async function listOrganisations(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller,
  question: SearchQuestion
): Promise<SearchAnswer> {
  return searchOrganisations(app.database, question, await askerOf(app, caller))
}

/** Organisations of a list, all pages of it, for a file; at most `mostInFile`. */
export async function listForFile(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller,
  question: SearchQuestion
): Promise<Suggestion[]> {
  const found = await idsFound(app.database, question, await askerOf(app, caller), mostInFile)
  return suggestionsOf(
    app.database,
    found.map((organisation) => ({ organisation }))
  )
}

async function askerOf(app: Holding & { clock: () => Temporal.Instant }, caller: Caller): Promise<Asker> {
  return { today: todayOf(app), grantsOf: await countriesLookedAfter(app, caller) }
}

const mostInFile = 50_000 // not of a guide: rows

/** Today, where the programme's clock is. */
function todayOf({ clock }: { clock: () => Temporal.Instant }): string {
  return clock().toZonedDateTimeISO(programmeZone).toPlainDate().toString()
}

/** Names of organisations by their ids, in a language where they have a name in it; unknown ids are left out. */
export async function organisationNames(
  database: Database,
  ids: readonly string[],
  language: Language
): Promise<Map<string, OrganisationName>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<OrganisationName>`
    with recursive followed (asked, id, merged_into) as (
      select id, id, merged_into from organisations.organisation where id = any(${[...new Set(ids)]}::uuid[])
      union all
      select f.asked, o.id, o.merged_into from followed f join organisations.organisation o on o.id = f.merged_into
    )
    select f.asked as id, o.code, coalesce(n.value, o.name) as name, o.country
    from followed f
    join organisations.organisation o on o.id = f.id
    left join lateral (
      select value from organisations.fact
      where organisation = o.id and ended_at is null and kind = 'name' and detail = ${language}
      order by id limit 1
    ) n on true
    where f.merged_into is null`.execute(database)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What an invitation offers; undefined when it is over. */
export async function showInvitation(
  app: { database: Database },
  secret: string
): Promise<OpenInvitation | undefined> {
  return invitationOf(app.database, digestOfLink(secret), 'seen')
}

/** Who would decide about a request to become a member; not who they are. */
export async function whoWouldDecide(app: { database: Database }, id: string): Promise<Deciders> {
  const there = await membersOf(app.database, id)
  return whoDecides(
    there.map(({ as }) => as),
    'member'
  )
}

/** What the link of a mail to a domain asks to confirm; undefined when it is over. */
export async function showDomainMail(
  app: { database: Database },
  secret: string
): Promise<{ organisation: string; domain: string } | undefined> {
  return proofByLink(app.database, digestOfLink(secret))
}
