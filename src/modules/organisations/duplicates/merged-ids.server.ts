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
