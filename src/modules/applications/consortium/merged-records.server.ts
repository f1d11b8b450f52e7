import { sql } from 'kysely'
import { idsOfRecords } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'

/**
 * Two records were brought together or taken apart: who may do what in their applications has changed. A participant
 * keeps the id with which it was written, also that of a record which became one of the two long before.
 */
export async function recordsMerged(database: Database, records: readonly string[]): Promise<void> {
  const written = [...(await idsOfRecords(database, records)).values()].flat()
  await database.transaction().execute(async (transaction) => {
    // In the order in which handing in locks them.
    const rows = await transaction
      .selectFrom('applications.application')
      .select('id')
      .where('id', 'in', (select) =>
        select
          .selectFrom('applications.participant')
          .select('application')
          .where('organisation', '=', sql<string>`any(${[...new Set(written)]}::uuid[])`)
          .where('ended_at', 'is', null)
      )
      .orderBy('id')
      .forUpdate()
      .execute()
    await transaction
      .updateTable('applications.application')
      .set({ outline: sql`outline + 1` })
      .where('id', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
      .execute()
  })
}
