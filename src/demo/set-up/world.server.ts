import type { Temporal } from 'temporal-polyfill'
import type { BodiesFor } from '#server/organisations'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'

/** What the world is set up with: the parts of the app that actions ask for. */
export type World = {
  database: Database
  programmes: Programmes
  bodiesFor: BodiesFor
  clock: () => Temporal.Instant
}
