import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { callerOfSession } from '../sessions.server.ts'
import { atHome, comeIn, farAway, goodPassword, signedUp } from '../people.fixture.ts'
import { changePassword } from './change-password.ts'
import { endOtherSessions, endSession } from './end-sessions.ts'
import { proveAgain } from './prove-again.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

const email = 'maria@skola.example'
const another = 'sarkana ābele dārzā'
const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

test('Maria changes her password: here she stays, with another secret; elsewhere she is out', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    const elsewhere = await signIn(app, farAway, { email, password: goodPassword }, { next: '/lv' })
    assert.ok(!isRefused(elsewhere) && elsewhere.step === 'signed-in')
    const outcome = await changePassword(app, caller, atHome, { password: another })
    assert.ok(!isRefused(outcome))
    assert.equal(outcome.ended, 1)
    assert.equal((await callerOfSession(database, outcome.secret)).person, caller.person)
    assert.equal((await callerOfSession(database, elsewhere.session.secret)).person, undefined)
    await comeIn(database, await signIn(app, atHome, { email, password: another }, { next: '/lv' }))
  }))

test('who finds her browser open an hour later is asked for the password first, and may not try many', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    await sql`update people.session set proved_at = clock_timestamp() - interval '1 hour'`.execute(database)
    assert.equal(why(await changePassword(app, caller, atHome, { password: another })), 'proof')
    for (let time = 0; time < 5; time++)
      assert.equal(why(await proveAgain(app, caller, { password: 'a wrong one' })), 'people.password.wrong')
    assert.equal(why(await proveAgain(app, caller, { password: goodPassword })), 'too-often')
    await sql`update people.attempts set last_at = last_at - interval '1 hour'`.execute(database)
    const proved = await proveAgain(app, caller, { password: goodPassword })
    assert.ok(!isRefused(proved))
    assert.equal((await callerOfSession(database, proved.secret)).person, caller.person)
    assert.equal(why(await changePassword(app, caller, atHome, { password: another })), 'done')
  }))

test('Maria signs one device out, then all others; nobody signs out a device of hers', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    const { caller: jonas } = await signedUp(database, { name: 'Jonas', email: 'jonas@skola.example' })
    const come = async () => {
      const entered = await signIn(app, farAway, { email, password: goodPassword }, { next: '/lv' })
      assert.ok(!isRefused(entered) && entered.step === 'signed-in')
      return entered.session
    }
    const [first, second, third] = [await come(), await come(), await come()]
    assert.equal(why(await endSession(app, jonas, first.id)), 'not-found')
    assert.equal(why(await endSession(app, caller, 'no id at all')), 'not-found')
    assert.equal(why(await endSession(app, caller, first.id)), 'done')
    assert.equal((await callerOfSession(database, first.secret)).person, undefined)
    assert.deepEqual(await endOtherSessions(app, caller, atHome), { ended: 2 })
    for (const { secret } of [second, third])
      assert.equal((await callerOfSession(database, secret)).person, undefined)
    assert.equal(why(await signOut(app, caller)), 'done')
    assert.equal(why(await changePassword(app, caller, atHome, { password: another })), 'sign-in')
  }))

test('nobody tries new passwords without end in one session', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    const tries = []
    for (let time = 0; time < 11; time++)
      tries.push(why(await changePassword({ database }, caller, atHome, { password: 'short' })))
    assert.deepEqual(tries.slice(-2), ['people.password.too-short', 'too-often'])
  }))

test('a session that is not used for a week, or is a month old, is over', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    const fresh = async () => {
      const entered = await signIn({ database }, atHome, { email, password: goodPassword }, { next: '/lv' })
      assert.ok(!isRefused(entered) && entered.step === 'signed-in')
      return entered.session.secret
    }
    const idle = await fresh()
    await sql`update people.session set last_seen_at = clock_timestamp() - interval '6 days'`.execute(
      database
    )
    assert.equal((await callerOfSession(database, idle)).person, caller.person)
    await sql`update people.session set last_seen_at = clock_timestamp() - interval '8 days'`.execute(
      database
    )
    assert.equal((await callerOfSession(database, idle)).person, undefined)
    const old = await fresh()
    await sql`update people.session set expires_at = clock_timestamp() - interval '1 second'`.execute(
      database
    )
    assert.equal((await callerOfSession(database, old)).person, undefined)
  }))

test('that somebody was there is written down at most every five minutes', () =>
  withDatabase(async (database) => {
    await signedUp(database, { name: 'Maria Ozola', email })
    const entered = await signIn({ database }, atHome, { email, password: goodPassword }, { next: '/lv' })
    assert.ok(!isRefused(entered) && entered.step === 'signed-in')
    const { id, secret } = entered.session
    const lastSeen = async () => {
      const query = database.selectFrom('people.session').select('last_seen_at').where('id', '=', id)
      return (await query.executeTakeFirstOrThrow()).last_seen_at.epochMilliseconds
    }
    const before = await lastSeen()
    await callerOfSession(database, secret)
    assert.equal(await lastSeen(), before)
    await sql`update people.session set last_seen_at = last_seen_at - interval '6 minutes'`.execute(database)
    await callerOfSession(database, secret)
    assert.ok((await lastSeen()) >= before)
  }))
