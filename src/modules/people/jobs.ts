import type { Database } from '#shared/database/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import { forgetAttempts } from './attempts.server.ts'
import { forgetEndedSessions } from './sessions.server.ts'

/** What is done on a clock: what is over is let go of. */
export const jobs: Jobs<{ database: Database }> = {
  'people.forget-ended': async ({ database }) => {
    await forgetEndedSessions(database)
    await forgetAttempts(database)
  }
}
