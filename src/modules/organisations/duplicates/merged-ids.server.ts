import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'

/**
 * All ids that mean the record an organisation is today: its own, and those of records that were merged into it. For
 * modules that keep the id with which something was written down, so that a merge can be undone.
 */
export async function idsOfRecord(database: Database, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive same (id) as (
      select id from organisations.organisation where id = ${organisation}
      union
      select o.id from organisations.organisation o join same s on o.merged_into = s.id
    )
    select id from same`.execute(database)
  return rows.map(({ id }) => id)
}

/** The record that each of some organisations is today: merged ones are followed. Unknown ids are left out. */
export async function idsToday(
  database: Database,
  organisations: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  if (organisations.length === 0) return new Map()
  const { rows } = await sql<{ asked: string; id: string }>`
    with recursive followed (asked, id, merged_into) as (
      select id, id, merged_into from organisations.organisation
        where id = any(${[...new Set(organisations)]}::uuid[])
      union all
      select f.asked, o.id, o.merged_into from followed f join organisations.organisation o on o.id = f.merged_into
    )
    select asked, id from followed where merged_into is null`.execute(database)
  return new Map(rows.map(({ asked, id }) => [asked, id]))
}
