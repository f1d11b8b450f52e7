import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import './copies-tables.server.ts'

/** A receipt of an official system into which the draft was copied. */
export type OfficialReceipt = {
  id: string
  file: string
  name: string
  number: string
  filedBy: string
  filedAt: Temporal.Instant
}

/** The receipts that were filed with an application and not taken out again, the newest first. */
export async function officialReceiptsOf(
  database: Database,
  application: string
): Promise<OfficialReceipt[]> {
  return database
    .selectFrom('applications.official_receipt')
    .select(['id', 'file', 'name', 'number', 'filed_by as filedBy', 'filed_at as filedAt'])
    .where('application', '=', application)
    .where('removed_at', 'is', null)
    .orderBy('filed_at', 'desc')
    .execute()
}
