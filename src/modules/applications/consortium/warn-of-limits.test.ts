import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mailed, consortiumAtWork, codeOf } from '../../../../tests/cast/consortium-at-work.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { startApplication } from '../actions/start-application.ts'
import { personalData } from '../personal-data.ts'
import { forgetAddresses } from './invitations-store.server.ts'
import { warnOfLimits } from './warn-of-limits.server.ts'

suite('what a consortium does on a clock, and keeps about people', () => {
  test('who coordinates a second small-scale partnership is told once, shortly before the deadline', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, call, places } = at
      const second = { call, action: 'cooperation-partnerships', field: 'school', language: 'lv' }
      ok(await startApplication(app, maria, { ...second, organisation: places.mariasSchool, title: 'Otrs' }))
      await database
        .updateTable('applications.application')
        .set({ action: 'small-scale-partnerships' })
        .execute()
      await warnOfLimits(app)
      assert.deepEqual(await mailed(at, 'applications.over-limit'), [])
      const soon = app.clock().add({ hours: 48 }).toString()
      await database.updateTable('calls.call').set({ closes_at: soon }).execute()
      await warnOfLimits(app)
      await warnOfLimits(app)
      assert.deepEqual(await mailed(at, 'applications.over-limit'), ['marta.ozola@example.org'])
    }))

  test('an address is forgotten a week after its link is over', () =>
    consortiumAtWork(async ({ app, database, maria, application }) => {
      const given = { name: 'Escola', country: 'PT', email: 'rita@example.pt', role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, given))
      const addresses = () => database.selectFrom('applications.invitation').select('email').execute()
      await forgetAddresses(database, 7)
      assert.deepEqual(await addresses(), [{ email: 'rita@example.pt' }])
      const past = app
        .clock()
        .subtract({ hours: 24 * 8 })
        .toString()
      await database.updateTable('applications.invitation').set({ expires_at: past }).execute()
      await forgetAddresses(database, 7)
      assert.deepEqual(await addresses(), [{ email: null }])
    }))

  test('Maria is shown whom she invited, and her going leaves no trace of her in it', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, elena, application } = at
      const given = { name: 'Escola', country: 'PT', email: 'rita@example.pt', role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, given))
      ok(
        await inviteParticipant(app, maria, application.code, {
          organisation: await codeOf(at, elena),
          role: 'partner'
        })
      )
      const exported = JSON.stringify(await personalData.exports(database, maria.person))
      assert.match(exported, /rita@example\.pt/)
      await database.transaction().execute((transaction) => personalData.erases(transaction, maria.person))
      assert.doesNotMatch(JSON.stringify(await personalData.exports(database, maria.person)), /rita/)
    }))
})
