import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import './people-tables.server.ts'

/** A password as it comes in: as it was typed, of a length that can be looked at. */
export const typedPassword = () =>
  z.string({ error: 'form.missing' }).min(1, 'form.missing').max(1000, 'people.password.much-too-long')

/** What is kept of somebody's password; undefined: they have none. */
export async function keptPassword(database: Database, person: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('people.password')
    .select('encoded')
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.encoded
}

/** Keeps a password that somebody chose, hashed. */
export async function keepPassword(transaction: Database, person: string, encoded: string): Promise<void> {
  await transaction
    .insertInto('people.password')
    .values({ person, encoded })
    .onConflict((conflict) =>
      conflict.column('person').doUpdateSet({ encoded, set_at: sql`clock_timestamp()` })
    )
    .execute()
}

/** Keeps the same password hashed at another cost. */
export async function rehashPassword(transaction: Database, person: string, encoded: string): Promise<void> {
  await transaction.updateTable('people.password').set({ encoded }).where('person', '=', person).execute()
}
