import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { personAt } from '../persons.server.ts'
import {
  atHome,
  comeIn,
  farAway,
  goodPassword,
  lettersTo,
  linkMailedTo,
  signedUp
} from '../people.fixture.ts'
import { askForLink } from './ask-for-link.ts'
import { signUp } from './sign-up.ts'

const maria = 'maria@skola.example'
const ask = (database: Database, email: string, asked: 'account' | 'password' = 'account') =>
  askForLink({ database }, atHome, { email }, { asked, language: 'lv', next: '/lv/calls/7' })
const finish = (database: Database, link: string, given: object = {}) =>
  signUp(
    { database },
    atHome,
    link,
    { name: 'Maria Ozola', password: goodPassword, ...given },
    { language: 'lv' }
  )

test('Maria signs up: the address first, then the link in her mail, a name and a password, and she is in', () =>
  withDatabase(async (database) => {
    assert.deepEqual(await ask(database, maria), { email: maria })
    assert.equal(await personAt(database, maria), undefined, 'nothing is kept before the link is used')
    const entered = await finish(database, await linkMailedTo(database, maria, 'people.sign-up'))
    const { caller } = await comeIn(database, entered)
    assert.equal(caller.name, 'Maria Ozola')
    assert.equal((entered as { next: string }).next, '/lv/calls/7')
    const acts = await database.selectFrom('audit.entry').select(['act', 'payload']).execute()
    assert.deepEqual(
      acts.map(({ act }) => act),
      ['people.signed-up']
    )
    assert.doesNotMatch(JSON.stringify(acts), /ezers|argon2/)
  }))

test('whether an address has an account is told in the mail only', () =>
  withDatabase(async (database) => {
    await signedUp(database, { name: 'Maria Ozola', email: maria })
    for (const asked of ['account', 'password'] as const) {
      assert.deepEqual(await ask(database, maria.toUpperCase(), asked), { email: 'MARIA@skola.example' })
      assert.deepEqual(await ask(database, 'jonas@skola.example', asked), { email: 'jonas@skola.example' })
    }
    const kinds = async (email: string) => (await lettersTo(database, email)).map(({ kind }) => kind)
    assert.deepEqual(await kinds(maria), ['people.sign-up', 'people.already', 'people.password'])
    assert.deepEqual(await kinds('jonas@skola.example'), ['people.sign-up', 'people.no-account'])
    const [first] = await lettersTo(database, 'jonas@skola.example')
    assert.match(first!.link!, /^\/lv\/sign-up\/finish\?link=[\w-]{43}$/)
  }))

test('a link works once, for some time, and whole', () =>
  withDatabase(async (database) => {
    await ask(database, maria)
    const link = await linkMailedTo(database, maria, 'people.sign-up')
    const refusal = async (secret: string) => {
      const outcome = await finish(database, secret)
      return isRefused(outcome) ? outcome.problems[0]!.key : 'in'
    }
    assert.equal(await refusal(link.slice(0, -1)), 'people.link.unknown')
    assert.equal(await refusal(''), 'people.link.unknown')
    await sql`update people.link set expires_at = clock_timestamp() - interval '1 second'`.execute(database)
    assert.equal(await refusal(link), 'people.link.expired')
    await sql`update people.link set expires_at = clock_timestamp() + interval '1 hour'`.execute(database)
    assert.equal(await refusal(link), 'in')
    assert.equal(await refusal(link), 'people.link.used')
  }))

test('two who press the button of two links at once make one account', () =>
  withDatabase(async (database) => {
    await ask(database, maria)
    const first = await linkMailedTo(database, maria, 'people.sign-up')
    await ask(database, maria)
    const second = await linkMailedTo(database, maria, 'people.sign-up')
    const outcomes = await Promise.all([first, first, second, second].map((link) => finish(database, link)))
    assert.equal(outcomes.filter((outcome) => !isRefused(outcome)).length, 1)
  }))

test('a name that hides marks is put right, one that is empty or endless is asked for again', () =>
  withDatabase(async (database) => {
    await ask(database, maria)
    const link = await linkMailedTo(database, maria, 'people.sign-up')
    for (const [name, key] of [
      ['  \u202e ', 'form.missing'],
      ['x'.repeat(121), 'form.too-long'],
      ['Win at https://evil.example', 'people.name-is-address'],
      ['WWW.evil.example', 'people.name-is-address'],
      ['me@evil.example', 'people.name-is-address'],
      [['a', 'b'], 'form.missing']
    ] as const) {
      const outcome = await finish(database, link, { name })
      assert.ok(isRefused(outcome))
      assert.deepEqual(outcome.problems.map(({ field, key: said }) => [field, said])[0], ['name', key])
    }
    const { caller } = await comeIn(
      database,
      await finish(database, link, { name: ' Mari\u202ea   <b>Ozola</b> 🌿 ' })
    )
    assert.equal(caller.name, 'Maria <b>Ozola</b> 🌿')
  }))

test('a consent is noted with its very words, and none without the tick', () =>
  withDatabase(async (database) => {
    await ask(database, maria)
    await finish(database, await linkMailedTo(database, maria, 'people.sign-up'), { news: 'on' })
    await signedUp(database, { name: 'Jonas', email: 'jonas@skola.example' })
    const noted = await database.selectFrom('people.consent').selectAll().execute()
    assert.deepEqual(
      noted.map(({ consent, said }) => [consent, said]),
      [['people.news', 'Drīkst man rakstīt par Kopā jaunumiem.']]
    )
  }))

test('an address gets a few mails and then no more for a while, and nobody who asks is told', () =>
  withDatabase(async (database) => {
    for (let time = 0; time < 6; time++) assert.deepEqual(await ask(database, maria), { email: maria })
    assert.equal((await lettersTo(database, maria)).length, 3)
    let refused = 0
    for (let time = 0; time < 12; time++) {
      const asked = { asked: 'account', language: 'en', next: undefined } as const
      const outcome = await askForLink({ database }, farAway, { email: `a${time}@skola.example` }, asked)
      if (isRefused(outcome)) refused++
    }
    assert.equal(refused, 2, 'one place asks for ten and then waits')
  }))
