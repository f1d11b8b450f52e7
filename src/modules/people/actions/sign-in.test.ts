import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { hashPassword } from '../password-hash.server.ts'
import { atHome, comeIn, farAway, goodPassword, lettersTo, signedUp } from '../people.fixture.ts'
import { type Visit, visitFrom } from '../visit.server.ts'
import { signIn } from './sign-in.ts'

const email = 'maria@skola.example'
const attempt = (database: Database, visit: Visit, given: object = {}) =>
  signIn({ database }, visit, { email, password: goodPassword, ...given }, { next: '/lv' })
const why = (outcome: unknown) => (isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'in')
const signUpMaria = (database: Database) => signedUp(database, { name: 'Maria Ozola', email })

/** Cheap failures: the limits count before the password is looked at. */
const places = (count: number) =>
  Array.from({ length: count }, (_, at) => visitFrom(`203.0.113.${at + 1}`, null, undefined))

test('Maria signs in, in whatever letters she writes her address', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    const { caller } = await comeIn(
      database,
      await attempt(database, atHome, { email: ' MARIA@Skola.Example ' })
    )
    assert.equal(caller.name, 'Maria Ozola')
  }))

test('a wrong password and an unknown address are answered alike', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    const wrong = await attempt(database, farAway, { password: 'something else' })
    const unknown = await attempt(database, farAway, { email: 'nobody@skola.example' })
    assert.equal(why(wrong), 'people.sign-in.wrong')
    assert.deepEqual(wrong, unknown)
  }))

test('a password kept at a lower cost is kept anew when it is used', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    const cheap = await hashPassword(goodPassword, { memory: 8192, passes: 1, parallelism: 1 })
    await database
      .updateTable('people.password')
      .set({ encoded: cheap as string })
      .execute()
    await comeIn(database, await attempt(database, atHome))
    const { encoded } = await database
      .selectFrom('people.password')
      .select('encoded')
      .executeTakeFirstOrThrow()
    assert.match(encoded, /^\$argon2id\$v=19\$m=19456,t=2/)
    await comeIn(database, await attempt(database, atHome))
  }))

test('who guesses from one place waits longer and longer', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    for (let time = 0; time < 5; time++)
      assert.equal(why(await attempt(database, farAway, { password: 'a wrong one' })), 'people.sign-in.wrong')
    const refused = await attempt(database, farAway, { password: goodPassword })
    assert.ok(isRefused(refused) && refused.refused === 'too-often')
    assert.equal(refused.retryAfterSeconds, 5)
  }))

test('meanwhile Maria signs in elsewhere', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    for (let time = 0; time < 9; time++) await attempt(database, farAway, { password: 'a wrong one' })
    assert.equal(why(await attempt(database, atHome)), 'in')
  }))

test('guessing from many places at once makes strangers wait, and not the browser that Maria uses', () =>
  withDatabase(async (database) => {
    const { knownDevice } = await signUpMaria(database)
    for (const visit of places(31)) await attempt(database, visit, { password: 'a wrong one' })
    const elsewhere = visitFrom('192.0.2.200', null, undefined)
    assert.equal(why(await attempt(database, elsewhere)), 'too-often')
    const hers = { ...atHome, knownDevice }
    assert.equal(why(await attempt(database, hers)), 'in')
    // Even at the same place as the guessing.
    assert.equal(why(await attempt(database, { ...places(1)[0]!, knownDevice })), 'in')
    // And a stranger waits minutes, not days.
    await sql`update people.attempts set last_at = last_at - interval '5 minutes'`.execute(database)
    assert.equal(why(await attempt(database, elsewhere)), 'in')
  }))

test('a browser that Maria once used may not guess forever either', () =>
  withDatabase(async (database) => {
    const { knownDevice } = await signUpMaria(database)
    const hers = { ...atHome, knownDevice }
    for (let time = 0; time < 10; time++) await attempt(database, hers, { password: 'a wrong one' })
    assert.equal(why(await attempt(database, hers)), 'too-often')
  }))

test('who has an account of their own cannot wash their guesses away with it', () =>
  withDatabase(async (database) => {
    await signUpMaria(database)
    await signedUp(database, { name: 'Eve', email: 'eve@skola.example', visit: farAway })
    const guesses = Array.from({ length: 24 }, (_, at) => ({ email: `m${at}@skola.example` }))
    const answers = []
    for (const guess of guesses) {
      answers.push(why(await attempt(database, farAway, guess)))
      if (answers.length % 4 === 0) await attempt(database, farAway, { email: 'eve@skola.example' })
    }
    assert.ok(answers.includes('too-often'))
  }))

test('an unknown address is counted like a known one', () =>
  withDatabase(async (database) => {
    const answers = []
    for (const visit of places(31)) answers.push(why(await attempt(database, visit)))
    assert.equal(answers.filter((answer) => answer === 'people.sign-in.wrong').length, 30)
    assert.equal(answers.at(-1), 'too-often')
  }))

test('Maria is told by mail when somebody signs in where she never was, and not otherwise', () =>
  withDatabase(async (database) => {
    const { knownDevice } = await signUpMaria(database)
    await attempt(database, { ...atHome, knownDevice })
    await attempt(database, farAway)
    const letters = (await lettersTo(database, email)).map(({ kind }) => kind)
    assert.deepEqual(letters, ['people.sign-up', 'people.new-device'])
  }))

test('what is no address and no password is asked for again, and nothing endless is hashed', () =>
  withDatabase(async (database) => {
    assert.equal(why(await attempt(database, atHome, { email: 'maria' })), 'form.not-an-email')
    assert.equal(why(await attempt(database, atHome, { password: '' })), 'form.missing')
    assert.equal(why(await attempt(database, atHome, { password: ['a', 'b'] })), 'form.missing')
    assert.equal(
      why(await attempt(database, atHome, { password: 'x'.repeat(1001) })),
      'people.password.much-too-long'
    )
  }))
