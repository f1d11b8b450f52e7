import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'

/** A record that was merged into another. */
export type MergedRecord = { merge: string; code: string; name: string; at: Temporal.Instant; reason: string }

/** The records that were merged into one and have not been taken apart again, the last first. */
export async function mergedInto(database: Database, kept: string): Promise<MergedRecord[]> {
  const rows = await database
    .selectFrom('organisations.merge as m')
    .innerJoin('organisations.organisation as o', 'o.id', 'm.merged')
    .select(['m.id as merge', 'o.code', 'o.name', 'm.merged_at as at', 'm.reason'])
    .where('m.kept', '=', kept)
    .where('m.undone_at', 'is', null)
    .orderBy('m.merged_at', 'desc')
    .execute()
  return rows
}
