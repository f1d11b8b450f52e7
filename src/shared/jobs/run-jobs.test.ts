import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../../tests/database.ts'
import { type Database, connect } from '../database/index.ts'
import { installJobs, runJobs } from './index.ts'
import { quiet } from './jobs-log.ts'

type Work = { database: Database; server: { connectionString: string }; address: string }

async function withJobs(work: (given: Work) => Promise<void>): Promise<void> {
  const { address, drop } = await freshDatabase()
  const server = { connectionString: address }
  const database = connect(server, 'kopa-test')
  try {
    await work({ database, server, address })
  } finally {
    await database.destroy()
    await drop()
  }
}

const addJob = (database: Database, name: string) =>
  sql`select graphile_worker.add_job(${name})`.execute(database)

/** Waits until something holds. */
async function until(holds: () => Promise<boolean> | boolean, within = 30_000): Promise<void> {
  for (const began = performance.now(); !(await holds()); await setTimeout(20)) {
    assert.ok(performance.now() - began < within, `not within ${within} ms`)
  }
}

test('a job of a worker that was killed is done by the next one within seconds, not after four hours', () =>
  withJobs(async ({ database, server }) => {
    let counted = 0
    await addJob(database, 'post.count')
    await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute',
      locked_by = 'pool-of-a-process-that-is-gone', attempts = 1`.execute(database)
    const running = runJobs({
      server,
      log: quiet,
      tasks: { 'post.count': async () => void counted++ },
      schedule: []
    })
    await until(() => counted === 1)
    await running.stop()
  }))

test('a job that another worker is doing is left to it, however long it takes', () =>
  withJobs(async ({ database, server }) => {
    let begun = 0
    const finish = Promise.withResolvers<void>()
    const tasks = {
      'post.sort': async () => {
        begun++
        await finish.promise
      }
    }
    await addJob(database, 'post.sort')
    const one = runJobs({ server, log: quiet, tasks, schedule: [] })
    await until(() => begun === 1)
    await setTimeout(300)
    await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`.execute(
      database
    )
    const other = runJobs({ server, log: quiet, tasks, schedule: [] })
    await setTimeout(1500)
    assert.equal(begun, 1)
    finish.resolve()
    await Promise.all([one.stop(), other.stop()])
    const { rows } = await sql`select from graphile_worker.jobs`.execute(database)
    assert.equal(rows.length, 0)
  }))

test('a worker whose connections are cut goes on by itself', () =>
  withJobs(async ({ database, server }) => {
    let counted = 0
    const running = runJobs({
      server,
      log: quiet,
      tasks: { 'post.count': async () => void counted++ },
      schedule: []
    })
    await addJob(database, 'post.count')
    await until(() => counted === 1)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'kopa-worker' and datname = current_database()`.execute(database)
    await addJob(database, 'post.count')
    await until(() => counted === 2)
    await running.stop()
  }))

test('a worker that starts before its database is there waits for it', async () => {
  const { address, drop } = await freshDatabase()
  const name = `later_${randomBytes(5).toString('hex')}`
  const later = Object.assign(new URL(address), { pathname: `/${name}` }).href
  const database = connect({ connectionString: address }, 'kopa-test')
  let counted = 0
  const running = runJobs({
    server: { connectionString: later },
    log: quiet,
    tasks: { 'post.count': async () => void counted++ },
    schedule: []
  })
  try {
    await setTimeout(300)
    await sql.raw(`create database ${name}`).execute(database)
    await installJobs({ connectionString: later })
    const late = connect({ connectionString: later }, 'kopa-test')
    await addJob(late, 'post.count')
    await late.destroy()
    await until(() => counted === 1)
  } finally {
    await running.stop()
    await sql.raw(`drop database ${name} with (force)`).execute(database)
    await database.destroy()
    await drop()
  }
})

test('a worker that is stopped finishes what it does, and leaves the rest for the next', () =>
  withJobs(async ({ database, server }) => {
    let begun = 0
    let finished = 0
    const tasks = {
      'post.sort': async () => {
        begun++
        await setTimeout(400)
        finished++
      }
    }
    for (let n = 0; n < 12; n++) await addJob(database, 'post.sort')
    const running = runJobs({ server, log: quiet, tasks, schedule: [] })
    await until(() => begun > 0)
    await running.stop()
    const { rows } = await sql<{ locked: boolean }>`
      select locked_at is not null as locked from graphile_worker.jobs`.execute(database)
    assert.equal(finished + rows.length, 12)
    assert.ok(finished > 0 && rows.length > 0)
    assert.ok(rows.every(({ locked }) => !locked))
  }))

test('a role that may not make tables does jobs all the same', () =>
  withJobs(async ({ database, server, address }) => {
    const role = `kopa_test_${randomBytes(5).toString('hex')}`
    await sql.raw(`create role ${role} login password 'secret'`).execute(database)
    try {
      await installJobs(server, role)
      await installJobs(server, role)
      const lesser = Object.assign(new URL(address), { username: role, password: 'secret' }).href
      let counted = 0
      const running = runJobs({
        server: { connectionString: lesser },
        log: quiet,
        tasks: { 'post.count': async () => void counted++ },
        schedule: [{ job: 'post.count', at: '0 0 1 1 *' }]
      })
      const asLesser = connect({ connectionString: lesser }, 'kopa-test')
      await addJob(asLesser, 'post.count')
      await until(() => counted === 1)
      await asLesser.destroy()
      await running.stop()
    } finally {
      await sql.raw(`drop owned by ${role}`).execute(database)
      await sql.raw(`drop role ${role}`).execute(database)
    }
  }))
