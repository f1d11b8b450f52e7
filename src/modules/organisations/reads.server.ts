import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { type Desk, deskOf } from './desk/desk.server.ts'
import { type DomainsShown, domainsShown } from './domains/show-domains.server.ts'
import { type MergedRecord, mergedInto } from './duplicates/merged-records.server.ts'
import { type ExperienceShown, experienceOf } from './grants/experience-of.server.ts'
import { type OpenRequest, requestsAt } from './members/members-store.server.ts'
import { type MembersShown, membersShown } from './members/show-members.server.ts'
import './organisations-tables.server.ts'
import { type Fact, mayBeSeen } from './record/fact.ts'
import { type Holding, bodiesAbout, insiders } from './record/insiders.server.ts'
import { factsInForce } from './record/record-store.server.ts'
import { type HistoryShown, historyShown } from './record/show-history.server.ts'

/** What only those may see who work for an organisation, or look after it; the rest is in reads.ts. */
export const permissions = {
  showMembers: insiders,
  showHistory: insiders,
  showExperience: insiders,
  showDomains: ['member'],
  ownRequest: ['person'],
  seeableFacts: ['officer', 'administrator'],
  mergesInto: ['officer', 'administrator'],
  showDesk: ['officer', 'administrator']
} as const satisfies Record<string, Permission>

/** Who works for an organisation, who is invited, and who asks to join. */
export async function showMembers(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller,
  id: string
): Promise<MembersShown | Refused> {
  const no = await refusalInside(app, caller, id)
  return no ?? membersShown(app.database, caller, id, app.clock())
}

/** The history of a record: what was changed, when and by whom. */
export async function showHistory(app: Holding, caller: Caller, id: string): Promise<HistoryShown | Refused> {
  const no = await refusalInside(app, caller, id)
  return no ?? historyShown(app.database, id)
}

/** The domains of an organisation, and how each is or can be proved. */
export async function showDomains(app: Holding, caller: Caller, id: string): Promise<DomainsShown | Refused> {
  const no = refusalFor(caller, permissions.showDomains, { organisation: id })
  return no ?? domainsShown(app.database, id)
}

/** Earlier grants of an organisation, and how experienced it is with each action by them. */
export async function showExperience(
  app: Holding & { clock: () => Temporal.Instant; programmes: Programmes },
  caller: Caller,
  id: string
): Promise<ExperienceShown | Refused> {
  const no = await refusalInside(app, caller, id)
  return no ?? experienceOf(app, id)
}

/** One's own request to join an organisation that waits for an answer. */
export async function ownRequest(
  app: { database: Database },
  caller: Caller,
  id: string
): Promise<OpenRequest | undefined> {
  if (!isSignedIn(caller)) return undefined
  return (await requestsAt(app.database, id)).find(({ person }) => person === caller.person)
}

/** What only the organisation says of itself and a document could say as well. */
export async function seeableFacts(app: Holding, caller: Caller, id: string): Promise<Fact[] | Refused> {
  const no = await refusalInside(app, caller, id, permissions.seeableFacts)
  return no ?? (await factsInForce(app.database, id)).filter(mayBeSeen)
}

/** The records that were merged into one, and can be taken apart again. */
export async function mergesInto(
  app: Holding,
  caller: Caller,
  id: string
): Promise<MergedRecord[] | Refused> {
  const no = await refusalInside(app, caller, id, permissions.mergesInto)
  return no ?? mergedInto(app.database, id)
}

/** What waits for an officer: requests to join where nobody else decides, and records that may be the same. */
export async function showDesk(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller
): Promise<Desk | Refused> {
  const no = refusalFor(caller, permissions.showDesk, { body: 'any' })
  return no ?? deskOf(app, caller)
}

async function refusalInside(
  app: Holding,
  caller: Caller,
  id: string,
  permission: Permission = insiders
): Promise<Refused | undefined> {
  const head = await app.database
    .selectFrom('organisations.organisation')
    .select(['id', 'country'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!head) return refused('not-found')
  return refusalFor(caller, permission, {
    organisation: id,
    body: await bodiesAbout(app, caller, head.country)
  })
}
