import assert from 'node:assert/strict'
import { test } from 'node:test'
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
import { askForLink } from './ask-for-link.ts'
import { setPassword } from './set-password.ts'
import { signIn } from './sign-in.ts'

const email = 'maria@skola.example'
const another = 'sarkana ābele dārzā'

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
