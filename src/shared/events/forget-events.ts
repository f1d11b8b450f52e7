import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import './event-tables.ts'

/** How long events are kept that everybody has heard, in days. */
const keptForDays = 30

/** How long those are kept that somebody has still to hear, in days: their jobs were laid aside long ago. */
const keptUnheardForDays = 90

const daysAgo = (days: number) => sql<Temporal.Instant>`clock_timestamp() - make_interval(days => ${days})`

/** Deletes old events with their deliveries. */
export async function forgetEvents(database: Database): Promise<void> {
  await database
    .deleteFrom('events.event')
    .where('announced_at', '<', daysAgo(keptForDays))
    .where('dispatched_at', 'is not', null)
    .where(({ eb, or, not, exists, selectFrom }) =>
      or([
        eb('announced_at', '<', daysAgo(keptUnheardForDays)),
        not(
          exists(
            selectFrom('events.delivery')
              .whereRef('events.delivery.event', '=', 'events.event.id')
              .where('handled_at', 'is', null)
          )
        )
      ])
    )
    .execute()
}
