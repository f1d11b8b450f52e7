import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'

/**
 * Now, by the clock of the database. Where several servers serve one installation it is the only one they share, so
 * whatever is decided by time is decided by it. It runs on within a transaction.
 */
export async function databaseNow(database: Database): Promise<Temporal.Instant> {
  const { rows } = await sql<{ now: Temporal.Instant }>`select clock_timestamp() as now`.execute(database)
  return rows[0]!.now
}
