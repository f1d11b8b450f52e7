import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { ApplicationState } from '../application.ts'
import { copyAnswers } from './frozen-content.server.ts'
import '../applications-tables.server.ts'

/**
 * Says where an application stands; whatever was remembered of who may do what is stale. What was handed in is copied
 * first: its answers may be written on from now on.
 */
export async function moveApplication(
  transaction: Database,
  application: string,
  state: ApplicationState
): Promise<void> {
  await copyAnswers(transaction, application)
  await transaction
    .updateTable('applications.application')
    .set({ state, outline: sql`outline + 1` })
    .where('id', '=', application)
    .execute()
}
