import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import './event-tables.ts'

/** How long events are kept that everybody has heard, in days. */
export const keptForDays = 30

/** Deletes old events with their deliveries, except those that somebody has still to hear. */
export async function forgetEvents(database: Database): Promise<void> {
  await database
    .deleteFrom('events.event')
    .where(
      'announced_at',
      '<',
      sql<Temporal.Instant>`clock_timestamp() - make_interval(days => ${keptForDays})`
    )
    .where('dispatched_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('events.delivery')
            .whereRef('events.delivery.event', '=', 'events.event.id')
            .where('handled_at', 'is', null)
        )
      )
    )
    .execute()
}
