import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import { jobsSchema } from './install-jobs.ts'

/** A job that failed at least once and is not done. */
export type FailingJob = {
  id: string
  /** module.verb-noun */
  name: string
  /** 'laid-aside': it is not tried again by itself. */
  state: 'tried-again' | 'laid-aside'
  attempts: number
  mostAttempts: number
  /** What was said when it failed last. */
  why: string
  since: Temporal.Instant
  lastTried: Temporal.Instant
  /** When it is tried next; null where it is laid aside. */
  next: Temporal.Instant | null
  /** The event that it delivers, where it does. */
  event: string | null
}

// The view leaves the payload out.
const jobs = sql.raw(`${jobsSchema}._private_jobs`)
const tasks = sql.raw(`${jobsSchema}._private_tasks`)

/** Jobs that fail: those laid aside first, then those that are tried again soonest. */
export async function failingJobs(database: Database, most = 200): Promise<FailingJob[]> {
  const { rows } = await sql<Omit<FailingJob, 'state'> & { laid_aside: boolean }>`
    select j.id::text, t.identifier as name, j.attempts, j.max_attempts as "mostAttempts",
      coalesce(j.last_error, '') as why, j.created_at as since,
      -- How graphile-worker reckons the next try from the last.
      j.run_at - exp(least(j.attempts, 10)) * interval '1 second' as "lastTried",
      case when j.attempts < j.max_attempts then j.run_at end as next,
      j.payload ->> 'event' as event, j.attempts >= j.max_attempts as laid_aside
    from ${jobs} j join ${tasks} t on t.id = j.task_id
    where j.attempts > 0 and j.last_error is not null and j.locked_at is null
    order by laid_aside desc, j.run_at, j.id limit ${most}`.execute(database)
  return rows.map(({ laid_aside, ...row }) => ({
    ...row,
    state: laid_aside ? 'laid-aside' : 'tried-again'
  }))
}

/**
 * Has a failing job tried again at once, from the beginning of its attempts.
 * @returns whether there was such a job that nobody is doing right now
 */
export async function retryFailingJob(transaction: Database, id: string): Promise<boolean> {
  const { rows } = await sql`
    select id from ${sql.raw(jobsSchema)}.reschedule_jobs(
      array(select id from ${jobs} where id = ${id}::bigint and attempts > 0 and last_error is not null),
      run_at => now(), attempts => 0
    )`.execute(transaction)
  return rows.length > 0
}

/** How long a job is kept that was laid aside, in days. */
const laidAsideForDays = 90

/** Deletes jobs that were laid aside long ago. */
export async function forgetLaidAside(database: Database): Promise<void> {
  await sql`
    select from ${sql.raw(jobsSchema)}.complete_jobs(array(
      select id from ${jobs}
      where attempts >= max_attempts and run_at < now() - make_interval(days => ${laidAsideForDays})
    ))`.execute(database)
}
