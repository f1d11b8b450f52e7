import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { findByName } from '../names/find-names.server.ts'
import { type Suggestion, findOrganisations, suggestionsOf } from '../names/find-organisations.server.ts'
import { type Facet, type SearchQuestion, facets, pageSize } from './search-question.ts'

/** A value of a facet, and how many organisations would be found by it, whatever else of the facet is chosen. */
export type FacetCount = { value: string; count: number }

export type SearchAnswer = {
  total: number
  page: number
  pages: number
  organisations: Suggestion[]
  facets: Record<Facet, FacetCount[]>
}

/** Of a text so many are looked at: who wants more writes more. */
const mostByText = 200

/** Who searches, and when. */
export type Asker = {
  /** ISO day, by which a charter is over. */
  today: string
  /** The countries whose earlier grants they may know of: an officer's. */
  grantsOf: readonly string[] | 'all'
}

type Among = Asker & { ids: readonly string[] | undefined }

/**
 * Organisations by words and facets, with counts. Fields and topics count only where an organisation shows its
 * interests to everybody, earlier grants only for officers.
 */
export async function searchOrganisations(
  database: Database,
  asked: SearchQuestion,
  asker: Asker
): Promise<SearchAnswer> {
  const question = answerable(asked, asker)
  const among = { ...asker, ids: await idsByText(database, question.text) }
  const [{ total, facets }, found] = await Promise.all([
    counted(database, question, among),
    selected(database, question, among, { limit: pageSize, offset: (question.page - 1) * pageSize })
  ])
  return {
    total,
    page: question.page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    organisations: await suggestionsOf(
      database,
      found.map((organisation) => ({ organisation }))
    ),
    facets
  }
}

/** Ids of what is found, in their order, for lists as a file. @param most how many at most */
export async function idsFound(
  database: Database,
  asked: SearchQuestion,
  asker: Asker,
  most: number
): Promise<string[]> {
  const question = answerable(asked, asker)
  const among = { ...asker, ids: await idsByText(database, question.text) }
  return selected(database, question, among, { limit: most, offset: 0 })
}

/** What somebody may not know of narrows nothing for them. */
function answerable(question: SearchQuestion, { grantsOf }: Asker): SearchQuestion {
  return grantsOf.length > 0 ? question : { ...question, chosen: { ...question.chosen, grants: [] } }
}

async function idsByText(database: Database, text: string): Promise<string[] | undefined> {
  if (text === '') return undefined
  const exact = await findOrganisations(database, text, 1)
  const byName = await findByName(database, text, mostByText)
  return [...new Set([...exact.map(({ id }) => id), ...byName.map(({ organisation }) => organisation)])]
}

/** Every organisation as search sees it, with what each facet says of it. */
function candidates({ ids, today, grantsOf }: Among): RawBuilder<unknown> {
  const known = sql`case when exists (select from organisations.earlier_grant g
    where g.organisation = o.id and g.withdrawn_at is null) then array['known'] else array['none'] end`
  const grants =
    grantsOf === 'all'
      ? known
      : grantsOf.length === 0
        ? sql`array[]::text[]`
        : sql`case when country = any(${grantsOf}::text[]) then ${known} else '{}' end`
  const among = ids === undefined ? sql`true` : sql`id = any(${ids}::uuid[])`
  return sql`
    select id, name, array[country] as country, array[coalesce(type, '')] as type, array[level] as level,
      case when charter_until is null then '{}' when charter_until >= ${today}::date then array['yes']
        else array['ended'] end as charter,
      case when shown @> array['interests'] then fields else '{}' end as field,
      case when shown @> array['interests'] then topics else '{}' end as topic,
      ${grants} as grants
    from organisations.organisation o where merged_into is null and ${among}`
}

function fits({ chosen }: SearchQuestion, except?: Facet): RawBuilder<unknown> {
  const conditions = facets
    .filter((facet) => facet !== except && chosen[facet].length > 0)
    .map((facet) => sql`${sql.ref(facet)} && ${chosen[facet]}::text[]`)
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

async function counted(database: Database, question: SearchQuestion, among: Among) {
  const each = facets.map(
    (facet) => sql`
      select ${facet} as facet, v as value, count(*)::int as count
      from candidates, unnest(${sql.ref(facet)}) v where ${fits(question, facet)} group by v`
  )
  const { rows } = await sql<{ facet: Facet | 'all'; value: string; count: number }>`
    with candidates as materialized (${candidates(among)})
    select 'all' as facet, '' as value, count(*)::int as count from candidates where ${fits(question)}
    union all ${sql.join(each, sql` union all `)}`.execute(database)
  const ofFacet = (facet: Facet) =>
    rows
      .filter((row) => row.facet === facet && row.value !== '')
      .map(({ value, count }) => ({ value, count }))
      .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
  return {
    total: rows.find(({ facet }) => facet === 'all')?.count ?? 0,
    facets: Object.fromEntries(facets.map((facet) => [facet, ofFacet(facet)])) as SearchAnswer['facets']
  }
}

async function selected(
  database: Database,
  question: SearchQuestion,
  among: Among,
  { limit, offset }: { limit: number; offset: number }
): Promise<string[]> {
  const { ids } = among
  const order = ids === undefined ? sql`name collate "C", id` : sql`array_position(${ids}::uuid[], id)`
  const { rows } = await sql<{ id: string }>`
    select id from (${candidates(among)}) candidates where ${fits(question)}
    order by ${order} limit ${limit} offset ${offset}`.execute(database)
  return rows.map(({ id }) => id)
}
