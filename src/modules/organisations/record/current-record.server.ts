import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'

/** The record that an organisation is today: merged ones are followed. undefined: there is none. */
export async function currentRecord(database: Database, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive followed (id, merged_into) as (
      select id, merged_into from organisations.organisation where id = ${id}::uuid
      union all
      select o.id, o.merged_into from followed f join organisations.organisation o on o.id = f.merged_into
    )
    select id from followed where merged_into is null`.execute(database)
  return rows[0]?.id
}
