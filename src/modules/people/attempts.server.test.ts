import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { type Counted, countAttempt, forgetAttempts, settleAttempts } from './attempts.server.ts'

const limit = { free: 3, wait: 10, longestWait: 60, forget: 600 }
const from = (source: string): Counted => ({ what: 'test.source', of: [source], limit })

/** Lets time pass for what was counted. */
const later = (database: Database, seconds: number) =>
  sql`update people.attempts set last_at = last_at - make_interval(secs => ${seconds})`.execute(database)

test('three attempts are free, then the waits double, up to the longest', () =>
  withDatabase(async (database) => {
    const attempt = async () => (await countAttempt(database, [from('a')]))?.retryAfterSeconds
    for (let free = 0; free < 3; free++) assert.equal(await attempt(), undefined)
    const waits = []
    for (let more = 0; more < 5; more++) {
      const wait = await attempt()
      waits.push(wait)
      await later(database, wait!)
      assert.equal(await attempt(), undefined)
    }
    assert.deepEqual(waits, [10, 20, 40, 60, 60])
  }))

test('an attempt made too soon does not make the wait longer', () =>
  withDatabase(async (database) => {
    for (let time = 0; time < 20; time++) await countAttempt(database, [from('a')])
    await later(database, 10)
    assert.equal(await countAttempt(database, [from('a')]), undefined)
  }))

test('fifty at once are counted like fifty one after another', () =>
  withDatabase(async (database) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => countAttempt(database, [from('a')])))
    assert.equal(answers.filter((answer) => answer === undefined).length, 3)
  }))

test('who has to wait does not use up the attempts of what comes after', () =>
  withDatabase(async (database) => {
    const account: Counted = { what: 'test.account', of: ['maria'], limit }
    for (let time = 0; time < 3; time++) await countAttempt(database, [from('a')])
    for (let time = 0; time < 9; time++)
      assert.equal((await countAttempt(database, [from('a'), account]))?.refused, 'too-often')
    for (let time = 0; time < 3; time++)
      assert.equal(await countAttempt(database, [from(`b${time}`), account]), undefined)
  }))

test('after a quiet time, or once it was right, one begins anew', () =>
  withDatabase(async (database) => {
    const fill = async () => {
      for (let time = 0; time < 4; time++) await countAttempt(database, [from('a')])
    }
    await fill()
    await later(database, 601)
    for (let time = 0; time < 3; time++) assert.equal(await countAttempt(database, [from('a')]), undefined)
    await settleAttempts(database, { forgiven: [from('a')], returned: [] })
    for (let time = 0; time < 3; time++) assert.equal(await countAttempt(database, [from('a')]), undefined)
    await settleAttempts(database, { forgiven: [], returned: [from('a')] })
    assert.equal(await countAttempt(database, [from('a')]), undefined)
    assert.equal((await countAttempt(database, [from('a')]))?.refused, 'too-often')
    await later(database, 90_000)
    await forgetAttempts(database)
    assert.deepEqual(await database.selectFrom('people.attempts').selectAll().execute(), [])
  }))
