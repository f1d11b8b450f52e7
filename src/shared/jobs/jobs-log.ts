import { Logger as JobsLogger } from 'graphile-worker'
import { type Logger, pino } from 'pino'

/** For work whose lines nobody needs. */
export const quiet: Logger = pino({ level: 'silent' })

/**
 * The log of graphile-worker as lines of ours. What it reports of failed jobs is left out: it repeats their facts
 * and their whole stack (run-jobs.ts says what is needed).
 */
export function jobsLog(log: Logger): JobsLogger {
  return new JobsLogger(() => (level, message, meta) => {
    if (meta?.failure || meta?.success) return
    if (level === 'error' || level === 'warning') log.warn({ why: message }, 'jobs')
    else log.debug({ why: message }, 'jobs')
  })
}
