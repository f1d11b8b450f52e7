import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { type Runner, type TaskList, type WorkerEvents, parseCronItems, run } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'
import type { DatabaseServer } from '../database/index.ts'
import { jobsSchema } from './install-jobs.ts'
import { type Scheduled, mostAttempts } from './job.ts'
import { jobsLog } from './jobs-log.ts'
import { type WorkerMark, markWorker } from './worker-mark.ts'

type Options = {
  server: DatabaseServer
  log: Logger
  /** Name → what to do with the job's payload. */
  tasks: Record<string, (payload: unknown) => Promise<void>>
  schedule: readonly Scheduled[]
}

/** Jobs that are being done. */
export type RunningJobs = {
  /** Takes no new job and waits for those under way, but not for ever. */
  stop: () => Promise<void>
}

const atOnce = 4
const stopPatience = 10_000
const firstPatience = 500
const mostPatience = 30_000

/**
 * Does jobs in this process until stopped. Where the database goes away it tries again, later each time, for as
 * long as it takes.
 */
export function runJobs(options: Options): RunningJobs {
  const { server, log } = options
  const stopping = new AbortController()
  const pool = new pg.Pool({
    ...server,
    application_name: 'kopa-worker',
    max: atOnce + 3,
    connectionTimeoutMillis: 10_000,
    keepAlive: true
  })
  const onLost = ({ message }: Error) => log.warn({ why: message }, 'a database connection was lost')
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  const ended = go()

  async function go(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      const began = performance.now()
      try {
        await untilItEnds(options, pool, stopping.signal)
      } catch (error) {
        log.warn({ err: error }, 'jobs were interrupted')
      }
      if (stopping.signal.aborted) break
      if (performance.now() - began > mostPatience) failures = 0
      const wait = Math.min(mostPatience, firstPatience * 2 ** failures)
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => {})
    }
    await pool.end()
  }

  return {
    stop: () => {
      stopping.abort()
      return ended
    }
  }
}

/** One life of graphile-worker: from its start until it gives up or is told to stop. */
async function untilItEnds(options: Options, pool: pg.Pool, stopping: AbortSignal): Promise<void> {
  const { log, server, tasks, schedule } = options
  const events = new EventEmitter() as WorkerEvents
  let mark: WorkerMark | undefined
  // Heard before the pool takes its first job.
  events.on('pool:create', ({ workerPool }) => {
    mark = markWorker({ server, log, worker: workerPool.id })
  })
  events.on('job:error', ({ job, error }) => {
    const { task_identifier: name, attempts: attempt, max_attempts: of } = job
    log.error({ job: name, attempt, of, err: error }, 'a job failed')
  })
  const taskList: TaskList = {}
  for (const [name, work] of Object.entries(tasks)) taskList[name] = (payload) => work(payload)
  const runner = await run({
    pgPool: pool,
    schema: jobsSchema,
    concurrency: atOnce,
    noHandleSignals: true,
    // Said one by one, nobody waits for the database to hear what became of a job: when it dies at that moment, the
    // whole server would end. What is gathered, if only for an instant, is said again until it is heard.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: jobsLog(log),
    events,
    taskList,
    parsedCronItems: parseCronItems(
      schedule.map(({ job, at, makeUpFor }) => ({
        task: job,
        match: at,
        // One at a time, and those that could not be done yet do not pile up.
        options: { maxAttempts: mostAttempts, jobKey: job, backfillPeriod: makeUpFor ?? 0 }
      }))
    )
  })
  const end = () => void stopRunner(runner)
  stopping.addEventListener('abort', end, { once: true })
  if (stopping.aborted) end()
  try {
    await runner.promise
  } finally {
    stopping.removeEventListener('abort', end)
    await mark?.remove()
  }
}

async function stopRunner(runner: Runner): Promise<void> {
  const impatient = new AbortController()
  void setTimeout(stopPatience, undefined, { signal: impatient.signal })
    // What is still under way is handed back, and done again by whoever comes next.
    .then(() => runner.kill('stopped'))
    .catch(() => {})
  await runner.stop().catch(() => {})
  impatient.abort()
}
