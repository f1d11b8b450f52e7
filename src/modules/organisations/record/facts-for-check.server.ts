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
 * Facts of records that stand today, for a check of a consortium. It says nothing that the organisation hides: what
 * comes of it is a verdict of rules, shown to those in the consortium.
 * @param day ISO day on which a charter must hold
 */
export async function factsForCheck(
  database: Database,
  organisations: readonly string[],
  day: string
): Promise<ReadonlyMap<string, FactsForCheck>> {
  if (organisations.length === 0) return new Map()
  const rows = await runPrepared<Row>(database, facts, [[...new Set(organisations)], day])
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
