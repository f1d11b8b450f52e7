import type { Temporal } from 'temporal-polyfill'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'

/** What the rules of a programme ask about an organisation, as far as its record knows it. */
export type FactsForCheck = {
  id: string
  country: string
  /** organisation-types.yaml */
  type: string | undefined
  /** Whether it says of itself, or a list or an officer of it, that it makes no profit. */
  nonProfit: boolean | undefined
  /** Holds a charter on the day asked for; undefined: the record knows of none. */
  charter: true | undefined
}

/**
 * Facts of records for a check of a consortium. It says nothing that the organisation hides: what comes of it is a
 * verdict of rules, shown to those in the consortium.
 * @param day ISO day on which a charter must hold
 * @param asOf as the records stood at that instant; left out: as they stand
 */
export async function factsForCheck(
  database: Database,
  organisations: readonly string[],
  day: string,
  asOf?: Temporal.Instant
): Promise<ReadonlyMap<string, FactsForCheck>> {
  if (organisations.length === 0) return new Map()
  const asked = [[...new Set(organisations)], day]
  const rows = asOf
    ? await runPrepared<Row>(database, factsAsOf, [...asked, asOf.toString()])
    : await runPrepared<Row>(database, facts, asked)
  return new Map(
    rows.map(({ id, country, type, non_profit, charter }) => [
      id,
      {
        id,
        country,
        type: type ?? undefined,
        nonProfit: non_profit === 'yes' ? true : non_profit === 'no' ? false : undefined,
        charter: charter ? true : undefined
      }
    ])
  )
}

type Row = {
  id: string
  country: string
  type: string | null
  non_profit: string | null
  charter: boolean
}

const facts: Prepared = {
  name: 'organisations.facts-for-check',
  text: `
    select o.id, o.country, o.type,
      (select f.value from organisations.fact f
        where f.organisation = o.id and f.ended_at is null and f.kind = 'non-profit'
        order by f.source = 'organisation' desc, f.id desc limit 1) as non_profit,
      exists (select from organisations.fact f
        where f.organisation = o.id and f.ended_at is null and f.kind = 'charter'
          and (f.valid_from is null or f.valid_from <= $2::date)
          and (f.valid_until is null or f.valid_until >= $2::date)) as charter
    from organisations.organisation o where o.id = any($1::uuid[])`
}

// A record stood at the revision of its last change until then; its facts say with which revision they came and went.
// What it says of itself comes before what others say, as in entry.ts.
const factsAsOf: Prepared = {
  name: 'organisations.facts-as-of',
  text: `
    with stood as materialized (
      select o.id, o.country, coalesce((select max(c.revision) from organisations.change c
        where c.organisation = o.id and c.at <= $3::timestamptz), 1) as revision
      from organisations.organisation o where o.id = any($1::uuid[])
    ), held as materialized (
      select f.*, row_number() over (partition by f.organisation, f.kind
        order by array_position(array['organisation', 'officer', 'list'], f.source), f.since_revision desc, f.id) as place
      from organisations.fact f join stood s on s.id = f.organisation
      where f.kind in ('country', 'type', 'non-profit', 'charter') and f.since_revision <= s.revision
        and (f.ended_revision is null or f.ended_revision > s.revision)
    )
    select s.id,
      coalesce((select value from held where organisation = s.id and kind = 'country' and place = 1), s.country)
        as country,
      (select value from held where organisation = s.id and kind = 'type' and place = 1) as type,
      (select value from held where organisation = s.id and kind = 'non-profit' and place = 1) as non_profit,
      exists (select from held where organisation = s.id and kind = 'charter'
        and (valid_from is null or valid_from <= $2::date)
        and (valid_until is null or valid_until >= $2::date)) as charter
    from stood s`
}
