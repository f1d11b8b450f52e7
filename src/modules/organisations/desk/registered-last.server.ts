import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'

/** An organisation that somebody registered here (not read from a list). */
export type RegisteredLast = {
  id: string
  code: string
  name: string
  country: string
  /** Its type in the words of the programme, where it said one. */
  type: string | null
  registered_at: Temporal.Instant
}

/** The organisations of some countries that people registered last, the newest first. */
export async function registeredLast(
  database: Database,
  countries: readonly string[],
  most: number
): Promise<RegisteredLast[]> {
  const { rows } = await sql<RegisteredLast>`
    select o.id, o.code, o.name, o.country, o.type, o.registered_at
    from organisations.organisation o
    where o.merged_into is null and o.country = any(${[...countries]}) and exists (
      select from organisations.change c
      where c.organisation = o.id and c.revision = 1 and c.source = 'organisation'
    )
    order by o.registered_at desc limit ${most}`.execute(database)
  return rows
}
