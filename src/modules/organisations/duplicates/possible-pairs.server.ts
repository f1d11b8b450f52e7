import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type FactKind, type Level, stronger } from '../record/fact.ts'
import '../organisations-tables.server.ts'

/** A record, as much as is needed to tell it from another. */
export type PairedRecord = {
  id: string
  code: string
  name: string
  country: string
  city: string | null
  level: Level
  /** As the database writes it. */
  registered_at: string
}

/** Two records that may be one organisation; `one` is the one that rather stays: surer, or older. */
export type PossiblePair = {
  one: PairedRecord
  other: PairedRecord
  because: { kind: FactKind | 'name'; value: string }[]
}

const mostPairs = 200

/**
 * Pairs of records with the same identifier, or with the same words in a name in the same country, in whatever order,
 * that nobody has told apart yet; the surest first. A domain that two share is no reason by itself: faculties and
 * towns have one together.
 * @param countries one of the two is there
 */
export async function possiblePairs(
  database: Database,
  countries: readonly string[] | 'all'
): Promise<PossiblePair[]> {
  const ours = (country: string) =>
    countries === 'all' ? sql`true` : sql`${sql.ref(country)} = any(${countries}::text[])`
  const { rows } = await sql<{ one: PairedRecord; other: PairedRecord; because: PossiblePair['because'] }>`
    with named as (
      -- What kind of word each is says no more, and first letters (@) depend on the order.
      select n.organisation, n.name, o.country, array(
        select w from unnest(tsvector_to_array(n.words)) w where w not like '@%' and w not like '=%' order by w
      ) as said
      from organisations.name n
      join organisations.organisation o on o.id = n.organisation and o.merged_into is null
      -- Of a name that many schools have, nothing follows.
      where length(n.folded) > 8 and ${ours('o.country')}
    ),
    alike as (
      select a.organisation as one, b.organisation as other, a.kind, a.value
      from organisations.fact a
      join organisations.fact b on b.kind = a.kind and b.value = a.value and b.detail = a.detail
        and b.organisation > a.organisation and b.ended_at is null
      where a.ended_at is null and a.kind in ('oid', 'pic', 'erasmus-code', 'register-number', 'schac')
      union
      select a.organisation, b.organisation, 'name', a.name
      from named a
      join named b on b.said = a.said and b.country = a.country and b.organisation > a.organisation
    )
    select to_jsonb(o) as one, to_jsonb(p) as other, json_agg(distinct jsonb_build_object('kind', l.kind, 'value', l.value)) as because
    from alike l
    join lateral (
      select id, code, name, country, city, level, registered_at from organisations.organisation where id = l.one and merged_into is null
    ) o on true
    join lateral (
      select id, code, name, country, city, level, registered_at from organisations.organisation where id = l.other and merged_into is null
    ) p on true
    where (${ours('o.country')} or ${ours('p.country')}) and not exists (
      select from organisations.told_apart t where t.one = least(l.one, l.other) and t.other = greatest(l.one, l.other)
    )
    group by o, p
    order by bool_or(l.kind <> 'name') desc, count(*) desc, min(l.value)
    limit ${mostPairs}`.execute(database)
  return rows.map((pair) =>
    ratherStays(pair.one, pair.other) ? pair : { ...pair, one: pair.other, other: pair.one }
  )
}

function ratherStays(one: PairedRecord, other: PairedRecord): boolean {
  return one.level === other.level
    ? one.registered_at <= other.registered_at
    : stronger(one.level, other.level) === one.level
}
