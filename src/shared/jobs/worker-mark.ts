import pg from 'pg'
import type { Logger } from 'pino'
import type { DatabaseServer } from '../database/index.ts'
import { jobsSchema } from './install-jobs.ts'
import { startRounds } from './rounds.ts'

/** The sign of life of a worker. */
export type WorkerMark = { remove: () => Promise<void> }

type Options = { server: DatabaseServer; log: Logger; worker: string }

const every = 15_000
// A worker takes its first job a moment before its mark is there.
const tooYoung = '10 seconds'
const lockOf = (worker: string) => `hashtextextended('kopa worker ' || ${worker}, 0)`

/**
 * Marks a worker as alive, and gives back the jobs of those that are not. graphile-worker itself would keep the
 * jobs of a killed process locked for four hours.
 *
 * The mark is an advisory lock of a session of its own: it goes when the process or its connection does. A worker
 * that only lost its connection may see a job done a second time; jobs bear that.
 */
export function markWorker({ server, log, worker }: Options): WorkerMark {
  let session: pg.Client | undefined
  const rounds = startRounds({
    name: 'worker mark',
    every,
    log,
    work: async () => {
      session ??= await mark()
      await giveBackJobs(session, worker, log)
    }
  })

  async function mark(): Promise<pg.Client> {
    const client = new pg.Client({ ...server, application_name: 'kopa-worker', keepAlive: true })
    const lost = () => {
      if (session === client) session = undefined
    }
    client.on('error', lost)
    client.on('end', lost)
    await client.connect()
    await client.query(`select pg_advisory_lock(${lockOf('$1')})`, [worker])
    return client
  }

  return {
    remove: async () => {
      await rounds.stop()
      await session?.end()
    }
  }
}

/** The jobs of workers that nobody marks any more can be taken again. */
async function giveBackJobs(session: pg.Client, own: string, log: Logger): Promise<void> {
  const { rows } = await session.query<{ worker: string }>(
    `with holding as (
      select locked_by as worker from ${jobsSchema}.jobs where locked_at < now() - interval '${tooYoung}'
      union
      select locked_by from ${jobsSchema}._private_job_queues where locked_at < now() - interval '${tooYoung}'
    ), gone as materialized (
      -- A session may take its own lock again and again.
      select worker from holding where worker <> $1 and pg_try_advisory_xact_lock(${lockOf('worker')})
    )
    select worker, ${jobsSchema}.force_unlock_workers(array[worker]) from gone`,
    [own]
  )
  const workers = rows.map((row) => row.worker)
  if (workers.length > 0) log.warn({ workers }, 'jobs of workers that ended are taken again')
}
