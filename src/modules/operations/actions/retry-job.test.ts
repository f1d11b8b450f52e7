import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { castOf } from '../../../../tests/cast/cast.ts'
import { freshDatabase, withDatabase } from '../../../../tests/database.ts'
import { type Database, connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { forgetLaidAside, runJobs } from '#shared/jobs/index.ts'
import { quiet } from '#shared/jobs/jobs-log.ts'
import { deadLetters } from '../reads.ts'
import { retryJob } from './retry-job.ts'

const mail = {
  configuration: { smtpUrl: undefined, host: '127.0.0.1', origin: undefined },
  demonstration: undefined
}

/** A job that failed so often that it was laid aside. */
async function laidAside(database: Database, why = 'no such school'): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id::text from graphile_worker.add_job('directory.note-organisation', '{"event":"7"}', max_attempts => 3)
  `.execute(database)
  await sql`update graphile_worker._private_jobs set attempts = 3, last_error = ${why}`.execute(database)
  return rows[0]!.id
}

test('Līga sees what failed, why and how often, and has it tried again', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    const job = await laidAside(database)
    const seen = await deadLetters({ database, ...mail }, liga)
    if (isRefused(seen)) return assert.fail(seen.refused)
    const { name, state, attempts, mostAttempts, why, next, event } = seen[0]!
    assert.deepEqual(
      { name, state, attempts, mostAttempts, why, next, event },
      {
        name: 'directory.note-organisation',
        state: 'laid-aside',
        attempts: 3,
        mostAttempts: 3,
        why: 'no such school',
        next: null,
        event: '7'
      }
    )
    assert.deepEqual(await retryJob({ database }, liga, { job }), { job })
    assert.deepEqual(await deadLetters({ database, ...mail }, liga), [])
    const acts = await sql<{ act: string }>`select act from audit.entry`.execute(database)
    assert.ok(acts.rows.some(({ act }) => act === 'operations.job-retried'))
  }))

test('nobody else sees or retries jobs, and Līga only with her second factor', () =>
  withDatabase(async (database) => {
    const { maria, petra, ana, liga, nobody } = await castOf(database)
    const job = await laidAside(database)
    for (const caller of [maria, petra, ana, nobody, { ...liga, secondFactor: false }]) {
      assert.ok(isRefused(await deadLetters({ database, ...mail }, caller)))
      assert.ok(isRefused(await retryJob({ database }, caller, { job })))
    }
    const { rows } = await sql<{ attempts: number }>`select attempts from graphile_worker.jobs`.execute(
      database
    )
    assert.deepEqual(rows, [{ attempts: 3 }])
  }))

for (const job of ['', '0', '-1', '9'.repeat(18), '9'.repeat(40), "1'; drop table x", '٣', undefined]) {
  test(`a job ${JSON.stringify(job)?.slice(0, 30)} that is not there changes nothing`, () =>
    withDatabase(async (database) => {
      const { liga } = await castOf(database)
      await laidAside(database)
      const outcome = await retryJob({ database }, liga, { job })
      assert.ok(isRefused(outcome))
      assert.ok(['invalid', 'not-now'].includes(outcome.refused))
    }))
}

test('what was laid aside three months ago is forgotten, what was yesterday is not', () =>
  withDatabase(async (database) => {
    await laidAside(database)
    await forgetLaidAside(database)
    const left = () => sql`select from graphile_worker.jobs`.execute(database)
    assert.equal((await left()).rows.length, 1)
    await sql`update graphile_worker._private_jobs set run_at = now() - interval '91 days'`.execute(database)
    await forgetLaidAside(database)
    assert.equal((await left()).rows.length, 0)
  }))

test('a job that fails is tried again by itself, is seen meanwhile, and is gone once it succeeds', async () => {
  const { address, drop } = await freshDatabase()
  const server = { connectionString: address }
  const database = connect(server, 'kopa-test')
  let failing = true
  const done = Promise.withResolvers<void>()
  const running = runJobs({
    server,
    log: quiet,
    tasks: {
      'post.count': async () => {
        if (failing) throw new Error('the scales are broken')
        done.resolve()
      }
    },
    schedule: []
  })
  try {
    const { liga } = await castOf(database)
    await sql`select graphile_worker.add_job('post.count')`.execute(database)
    const seen = async () => {
      const jobs = await deadLetters({ database, ...mail }, liga)
      return isRefused(jobs) ? assert.fail() : jobs
    }
    while ((await seen()).length === 0) await setTimeout(50)
    const [job] = await seen()
    assert.deepEqual([job!.state, job!.why], ['tried-again', 'the scales are broken'])
    assert.ok(job!.attempts >= 1)
    assert.ok(job!.next!.epochMilliseconds > job!.lastTried.epochMilliseconds)
    failing = false
    await retryJob({ database }, liga, { job: job!.id })
    await done.promise
    while ((await seen()).length > 0) await setTimeout(50)
  } finally {
    await running.stop()
    await database.destroy()
    await drop()
  }
})
