import { sql } from 'kysely'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { ApplicationState } from '../application.ts'
import { keepWhole } from './figures.server.ts'
import '../applications-tables.server.ts'

/**
 * Says where an application stands; whatever was remembered of who may do what is stale. What was handed in is kept
 * whole first: its answers may be written on from now on.
 * @param app with the transaction that holds the application
 */
export async function moveApplication(
  app: { database: Database; programmes: Programmes },
  application: string,
  state: ApplicationState
): Promise<void> {
  const transaction = app.database
  await keepWhole(app, application)
  await transaction
    .updateTable('applications.application')
    .set({ state, outline: sql`outline + 1` })
    .where('id', '=', application)
    .execute()
}
