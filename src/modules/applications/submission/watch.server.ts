import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import { type Rounds, startRounds } from '#shared/jobs/rounds.ts'
import { storeAttempts } from './attempts.server.ts'
import './submission-tables.server.ts'

const every = 5000 // not of a guide: milliseconds
// A server that was not heard of for so long was away: its next sign of life begins a new watch.
const away = sql.lit('15 seconds')

/**
 * A sign of life of this server every five seconds, so that it is known afterwards when there was none; and what was
 * tried in vain while the database was away is stored once it is back.
 */
export function startWatch({ database, log }: { database: Database; log: Logger }): Rounds {
  let id = randomUUID()
  return startRounds({
    name: 'applications.watch',
    log,
    every,
    mostPatience: every,
    work: async () => {
      const seen = await database
        .updateTable('applications.watch')
        .set({ until: sql`clock_timestamp()` })
        .where('id', '=', id)
        .where('until', '>', sql<never>`clock_timestamp() - ${away}::interval`)
        .executeTakeFirst()
      if (seen.numUpdatedRows === 0n) {
        id = randomUUID()
        await database.insertInto('applications.watch').values({ id }).execute()
      }
      await storeAttempts({ database, log })
    }
  })
}
