import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { type Programmes, loadProgrammes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { syncShippedBodies } from './sync-shipped.server.ts'

let loaded: Programmes | undefined

/** An installation for tests: the shipped programme, with its bodies on record, on 25 November 2026 at noon. */
export async function directoryIn(database: Database, at = '2026-11-25T12:00:00Z') {
  loaded ??= loadProgrammes(join(import.meta.dirname, '../../../programmes'))
  const app = { database, programmes: loaded, clock: () => Temporal.Instant.from(at) }
  await syncShippedBodies(app)
  return app
}
