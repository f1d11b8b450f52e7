import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import { callerAgain, castOf } from '../../../../tests/cast/cast.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import {
  atHome,
  comeIn,
  farAway,
  goodPassword,
  lettersTo,
  linkMailedTo,
  signedUp
} from '../people.fixture.ts'
import { identitiesOf, linkIdentity } from '../outside-identities.server.ts'
import { lookAtAddedLately } from '../reads.ts'
import { grantRole } from '../roles.server.ts'
import { callerOfToken } from '../tokens.server.ts'
import { askForAddress } from './ask-for-address.ts'
import { askForLink } from './ask-for-link.ts'
import { confirmAddress } from './confirm-address.ts'
import { makeToken } from './make-token.ts'
import { setPassword } from './set-password.ts'
import { signIn } from './sign-in.ts'

const email = 'maria@skola.example'
const theirs = { name: 'x', email: undefined, emailConfirmed: false, secondFactor: false }
const another = 'sarkana ābele dārzā'

async function withKey(database: Database, person: string, name: string): Promise<void> {
  const key = { id: name, person, name, public_key: Buffer.from([1]), counter: 0 }
  await database.insertInto('people.passkey').values(key).execute()
}

async function passkeys(database: Database): Promise<string[]> {
  return (await database.selectFrom('people.passkey').select('name').execute()).map(({ name }) => name)
}

async function forgotten(database: Database, to = email): Promise<string> {
  await askForLink(
    { database },
    farAway,
    { email: to },
    { asked: 'password', language: 'en', next: undefined }
  )
  return linkMailedTo(database, to, 'people.password')
}

test('Maria forgot her password: the link in her mail sets a new one and signs out every device', () =>
  withDatabase(async (database) => {
    await signedUp(database, { name: 'Maria Ozola', email })
    const link = await forgotten(database)
    await comeIn(database, await setPassword({ database }, farAway, link, { password: another }))
    assert.equal((await database.selectFrom('people.session').selectAll().execute()).length, 1)
    const old = await signIn({ database }, atHome, { email, password: goodPassword }, { next: '/lv' })
    assert.ok(isRefused(old))
    await comeIn(database, await signIn({ database }, atHome, { email, password: another }, { next: '/lv' }))
    const kinds = (await lettersTo(database, email)).map(({ kind }) => kind)
    assert.ok(kinds.includes('people.password-changed'))
  }))

test('a new password by mail gets a thief out, with all that they left to come back by', () =>
  withDatabase(async (database) => {
    const app = { database, scopes: ['people:read'] }
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    await withKey(database, caller.person, 'hers for years')
    await sql`update people.passkey set added_at = clock_timestamp() - interval '2 years'`.execute(database)
    await withKey(database, caller.person, 'of the thief')
    await linkIdentity(database, caller.person, 'eu-login', { ...theirs, subject: 'thief' })
    const strong = { ...caller, secondFactor: true }
    const made = await makeToken(app, strong, { name: 'x', scopes: ['people:read'], days: '30' })
    assert.ok(!isRefused(made))
    await askForAddress(app, strong, farAway, { email: 'thief@elsewhere.example' })
    const toThem = await linkMailedTo(database, 'thief@elsewhere.example', 'people.new-address')

    await comeIn(database, await setPassword(app, atHome, await forgotten(database), { password: another }))
    assert.deepEqual(await passkeys(database), ['hers for years'])
    assert.deepEqual(await identitiesOf(database, caller.person), [])
    assert.equal((await callerOfToken(database, made.token)).person, undefined)
    assert.ok(isRefused(await confirmAddress(app, toThem)))
  }))

test('Maria, who only forgot her password, sees what was added lately and keeps it', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email })
    await withKey(database, caller.person, 'Tālrunis')
    const link = await forgotten(database)
    assert.deepEqual(await lookAtAddedLately({ database }, link), [{ kind: 'passkey', named: 'Tālrunis' }])
    assert.deepEqual(await lookAtAddedLately({ database }, 'no such link'), [])
    await comeIn(database, await setPassword({ database }, atHome, link, { password: another, keep: 'yes' }))
    assert.deepEqual(await passkeys(database), ['Tālrunis'])
  }))

test('the mailbox of an officer does not open what their second factor guards', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Petra Liepa', email })
    await grantRole(database, caller.person, { role: 'officer', body: 'lv-viaa' })
    await withKey(database, caller.person, 'Tālrunis')
    const entered = await setPassword({ database }, atHome, await forgotten(database), { password: another })
    assert.ok(!isRefused(entered) && entered.step === 'second-factor')
    assert.deepEqual(await passkeys(database), ['Tālrunis'])
  }))

test('a second link that was asked for before opens nothing any more', () =>
  withDatabase(async (database) => {
    await signedUp(database, { name: 'Maria Ozola', email })
    const first = await forgotten(database)
    const second = await forgotten(database)
    await setPassword({ database }, atHome, second, { password: another })
    const outcome = await setPassword({ database }, atHome, first, { password: goodPassword })
    assert.ok(isRefused(outcome))
    assert.equal(outcome.problems[0]!.key, 'people.link.used')
  }))

test('a password that is no good leaves the link as it was', () =>
  withDatabase(async (database) => {
    await signedUp(database, { name: 'Maria Ozola', email })
    const link = await forgotten(database)
    const outcome = await setPassword({ database }, atHome, link, { password: 'Maria Ozola 2026' })
    assert.ok(isRefused(outcome))
    assert.equal(outcome.problems[0]!.key, 'people.password.guessable')
    await comeIn(database, await setPassword({ database }, atHome, link, { password: another }))
  }))

test('who never had a password sets one the same way', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const link = await forgotten(database, 'ilze.berzina@example.org')
    await comeIn(database, await setPassword({ database }, atHome, link, { password: another }))
    await assert.rejects(async () => {
      const { by } = await callerAgain(database, ilze)
      assert.deepEqual(by, ilze.by)
    }, 'her earlier session is gone')
  }))
