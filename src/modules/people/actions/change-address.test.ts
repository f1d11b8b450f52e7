import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type SignedIn, nobody } from '#shared/identity/index.ts'
import {
  atHome,
  comeIn,
  farAway,
  goodPassword,
  lettersTo,
  linkMailedTo,
  signedUp
} from '../people.fixture.ts'
import { linkIdentity } from '../outside-identities.server.ts'
import { personAt } from '../persons.server.ts'
import { askForAddress } from './ask-for-address.ts'
import { confirmAddress } from './confirm-address.ts'
import { restoreAddress } from './restore-address.ts'
import { setPassword } from './set-password.ts'
import { signIn } from './sign-in.ts'

const old = 'maria@skola.example'
const fresh = 'maria@gimnazija.example'
const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

async function changed(database: Database, caller: SignedIn, to: string, visit = atHome): Promise<void> {
  assert.deepEqual(await askForAddress({ database }, caller, visit, { email: to }), { email: to })
  const link = await linkMailedTo(database, to, 'people.new-address')
  assert.deepEqual(await confirmAddress({ database }, link), { email: to })
}

test('Maria changes her address: both are told, and it holds once the link in the new mailbox was used', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email: old })
    await askForAddress({ database }, caller, atHome, { email: fresh })
    assert.ok(await personAt(database, old))
    assert.ok((await lettersTo(database, old)).some(({ kind }) => kind === 'people.address-asked'))
    await confirmAddress({ database }, await linkMailedTo(database, fresh, 'people.new-address'))
    assert.equal(await personAt(database, old), undefined)
    assert.ok((await lettersTo(database, old)).some(({ kind }) => kind === 'people.address-changed'))
    await comeIn(
      database,
      await signIn({ database }, atHome, { email: fresh, password: goodPassword }, { next: '/lv' })
    )
  }))

test('an address that somebody else has is told only to who can read its mail', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email: old })
    await signedUp(database, { name: 'Jonas', email: fresh })
    assert.deepEqual(await askForAddress({ database }, caller, atHome, { email: fresh }), { email: fresh })
    const link = await linkMailedTo(database, fresh, 'people.new-address')
    assert.equal(why(await confirmAddress({ database }, link)), 'people.address.taken')
    // The link was not spent for nothing: it works once the address is free.
    const free = sql`update people.person set email = 'jonas@skola.example' where lower(email) = ${fresh}`
    await free.execute(database)
    assert.equal(why(await confirmAddress({ database }, link)), 'done')
    assert.equal(
      why(await askForAddress({ database }, caller, atHome, { email: fresh })),
      'people.address.same'
    )
  }))

test('somebody who took Maria’s account over and changed its address loses it to the mail in her old mailbox', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email: old })
    // They were in for weeks before they changed the address.
    const added = { public_key: Buffer.from([1]), counter: 0, name: 'of the thief', id: 'thief' }
    await database
      .insertInto('people.passkey')
      .values({ ...added, person: caller.person, added_at: '2026-01-01T00:00:00Z' })
      .execute()
    const identity = { name: 'x', email: undefined, emailConfirmed: false, secondFactor: false }
    await linkIdentity(database, caller.person, 'eu-login', { ...identity, subject: 'thief' })
    await sql`update people.outside_identity set linked_at = '2026-01-01T00:00:00Z'`.execute(database)
    const strong = { ...caller, secondFactor: true }
    await changed(database, strong, 'thief@elsewhere.example', farAway)
    await changed(database, strong, 'thief@hidden.example', farAway)

    const back = await linkMailedTo(database, old, 'people.address-changed')
    assert.deepEqual(await restoreAddress({ database }, back), { email: old })
    assert.deepEqual(await database.selectFrom('people.session').selectAll().execute(), [])
    for (const table of ['people.passkey', 'people.outside_identity', 'people.password'] as const)
      assert.deepEqual(await database.selectFrom(table).selectAll().execute(), [], table)
    const link = await linkMailedTo(database, old, 'people.password')
    await comeIn(database, await setPassword({ database }, atHome, link, { password: 'sarkana ābele dārzā' }))
    // The thief's own links bring nothing back.
    const theirs = await linkMailedTo(database, 'thief@elsewhere.example', 'people.address-changed')
    assert.equal(why(await restoreAddress({ database }, theirs)), 'people.link.used')
  }))

test('the thief cannot be quicker: a later link leaves the earlier one as it is', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email: old })
    await changed(database, caller, 'thief@elsewhere.example', farAway)
    await changed(database, caller, 'thief@hidden.example', farAway)
    const theirs = await linkMailedTo(database, 'thief@elsewhere.example', 'people.address-changed')
    await restoreAddress({ database }, theirs)
    const hers = await linkMailedTo(database, old, 'people.address-changed')
    assert.deepEqual(await restoreAddress({ database }, hers), { email: old })
  }))

test('asking anew ends the earlier link; a link works once', () =>
  withDatabase(async (database) => {
    const { caller } = await signedUp(database, { name: 'Maria Ozola', email: old })
    await askForAddress({ database }, caller, atHome, { email: 'typo@skola.example' })
    const first = await linkMailedTo(database, 'typo@skola.example', 'people.new-address')
    await changed(database, caller, fresh)
    assert.equal(why(await confirmAddress({ database }, first)), 'people.link.used')
    const used = await linkMailedTo(database, fresh, 'people.new-address')
    assert.equal(why(await confirmAddress({ database }, used)), 'people.link.used')
    assert.equal(why(await askForAddress({ database }, nobody, atHome, { email: fresh })), 'sign-in')
  }))
