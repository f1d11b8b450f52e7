import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerAgain } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { officersOf } from '../officers.server.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { assignOfficer } from './assign-officer.ts'
import { endOfficer } from './end-officer.ts'
import { inviteOfficer } from './invite-officer.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'
import type { Database } from '#shared/database/index.ts'

const invited = { body: 'lv-viaa', email: 'Ilze.Berzina@example.org', language: 'lv' }

/** The secret of the last invitation, as its mail has it. */
async function secretSent(database: Database): Promise<string> {
  const rows = await database
    .selectFrom('mail.message')
    .selectAll()
    .where('kind', '=', 'directory.invitation')
    .execute()
  return /link=([\w-]+)/.exec(JSON.stringify(rows.at(-1)!.content))![1]!
}

test('Līga invites a head for VIAA; who accepts works for it, once', () =>
  withDatabase(async (database) => {
    const { app, liga, ilze, jonas } = await atWork(database)
    accepted(await inviteOfficer(app, liga, { ...invited, head: 'on' }))
    const secret = await secretSent(database)
    assert.deepEqual(whyNot(await acceptInvitation(app, jonas, secret)), [
      'not-now',
      'directory.invitation.another-address'
    ])
    assert.deepEqual(accepted(await acceptInvitation(app, ilze, secret)).body, 'lv-viaa')
    const began = (await officersOf(database, 'lv-viaa')).find(({ person }) => person === ilze.person)
    assert.deepEqual([began?.head, began?.insteadOf], [true, null])
    assert.deepEqual(whyNot(await acceptInvitation(app, jonas, secret)), [
      'not-now',
      'directory.invitation.closed'
    ])
    assert.deepEqual(whyNot(await acceptInvitation(app, jonas, 'guessed')), [
      'not-now',
      'directory.invitation.closed'
    ])
  }))

test('Only the head among officers invites; nobody invites for another body', () =>
  withDatabase(async (database) => {
    const { app, liga, petra, juris, maria, nobody } = await atWork(database)
    assert.deepEqual(whyNot(await inviteOfficer(app, petra, invited)), [
      'not-now',
      'directory.officers.only-head'
    ])
    const role = petra.acting!.id
    accepted(await assignOfficer(app, liga, { body: 'lv-viaa', officer: role, head: 'on' }))
    accepted(await inviteOfficer(app, petra, invited))
    for (const somebody of [juris, maria])
      assert.deepEqual(whyNot(await inviteOfficer(app, somebody, invited)), ['not-allowed'])
    assert.deepEqual(whyNot(await inviteOfficer(app, nobody, invited)), ['sign-in'])
  }))

test('A withdrawn invitation opens nothing', () =>
  withDatabase(async (database) => {
    const { app, liga, ilze } = await atWork(database)
    const { invitation } = accepted(await inviteOfficer(app, liga, invited))
    accepted(await withdrawInvitation(app, liga, invitation))
    assert.equal(whyNot(await acceptInvitation(app, ilze, await secretSent(database)))[0], 'not-now')
  }))

test('Before an invitation is older than a week it can be accepted, afterwards not', () =>
  withDatabase(async (database) => {
    const { app, liga, ilze } = await atWork(database)
    accepted(await inviteOfficer(app, liga, invited))
    await database
      .updateTable('directory.invitation')
      .set({ expires_at: '2020-01-01T00:00:00Z' } as never)
      .execute()
    assert.equal(whyNot(await acceptInvitation(app, ilze, await secretSent(database)))[0], 'not-now')
  }))

test('Ieva leaves VIAA: she acts for it no longer, and what she had taken waits again', () =>
  withDatabase(async (database) => {
    const { app, liga, ieva } = await atWork(database)
    accepted(await endOfficer(app, liga, { body: 'lv-viaa', officer: ieva.acting!.id }))
    assert.ok(!(await officersOf(database, 'lv-viaa')).some(({ person }) => person === ieva.person))
    assert.deepEqual((await callerAgain(database, ieva)).roles, [])
  }))

test('The only head cannot take that from herself; Līga can', () =>
  withDatabase(async (database) => {
    const { app, liga, petra } = await atWork(database)
    const mine = { body: 'lv-viaa', officer: petra.acting!.id }
    accepted(await assignOfficer(app, liga, { ...mine, head: 'on' }))
    const last = ['not-now', 'directory.officers.last-head']
    assert.deepEqual(whyNot(await assignOfficer(app, petra, { ...mine, head: '' })), last)
    assert.deepEqual(whyNot(await endOfficer(app, petra, mine)), last)
    accepted(await endOfficer(app, liga, mine))
  }))
