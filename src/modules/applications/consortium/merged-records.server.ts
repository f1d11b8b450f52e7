import { sql } from 'kysely'
import { idsOfRecords } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'

/**
 * Two records were brought together or taken apart: who may do what in their applications has changed. A participant
 * keeps the id with which it was written, also that of a record which became one of the two long before.
 */
export async function recordsMerged(database: Database, records: readonly string[]): Promise<void> {
  const written = [...(await idsOfRecords(database, records)).values()].flat()
  await sql`
    update applications.application set outline = outline + 1
    where id in (select application from applications.participant
      where organisation = any(${[...new Set(written)]}::uuid[]) and ended_at is null)`.execute(database)
}
