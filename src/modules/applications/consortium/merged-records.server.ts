import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'

/** Two records were brought together or taken apart: who may do what in their applications has changed. */
export async function recordsMerged(database: Database, records: readonly string[]): Promise<void> {
  await sql`
    update applications.application set outline = outline + 1
    where id in (select application from applications.participant
      where organisation = any(${[...records]}::uuid[]) and ended_at is null)`.execute(database)
}
