/**
 * Work that is done on a clock: module.verb-noun → what to do. `Holding` is what it needs of the app. A job is
 * tried again when it throws, so it must bear being done twice. The entries of `export const jobs` in a module's
 * jobs.ts; when they run is said in src/worker/schedule.ts.
 */
export type Jobs<Holding> = Record<string, (app: Holding) => Promise<void>>

/** When a job runs: an entry of src/worker/schedule.ts. */
export type Scheduled = {
  job: string
  /** Minute, hour, day of month, month, day of week, as in cron, in UTC: '17 3 * * *' is 03:17 each night. */
  at: string
  /** A job that was missed while nothing ran is made up for if it was due in this time, in milliseconds. */
  makeUpFor?: number
}

/** Tries of a job before it is laid aside; with the waits between them that is most of a day. */
export const mostAttempts = 12
