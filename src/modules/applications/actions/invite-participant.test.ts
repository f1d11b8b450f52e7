import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { historyOf } from '#shared/audit/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { accessOf } from '../access.ts'
import {
  codeOf,
  consortiumAtWork,
  linkMailedTo,
  mailed,
  mergedByPetra
} from '../../../../tests/cast/consortium-at-work.ts'
import { invitationBySecret } from '../consortium/invited.server.ts'
import { inviteParticipant } from './invite-participant.ts'
import { removeParticipant } from './remove-participant.ts'
import { sendInvitationAgain } from './send-invitation-again.ts'

const byMail = {
  name: 'Escola Básica de Évora',
  country: 'PT',
  email: 'rita@example.pt',
  language: 'en',
  role: 'partner'
}

suite('asking partners', () => {
  test('Maria asks a school by mail, and it waits in the list behind Jonas', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application, now } = at
      const before = application.outline
      ok(await inviteParticipant(app, maria, application.code, byMail))
      const { participants, outline } = await now()
      const rita = participants[2]!
      assert.deepEqual(
        { ...rita, id: '' },
        {
          ...{ id: '', position: 2, role: 'partner', organisation: null, name: byMail.name, country: 'PT' },
          ...{ state: 'invited', edits: 'own' }
        }
      )
      assert.ok(outline > before)
      assert.ok(await invitationBySecret(app.database, await linkMailedTo(at, byMail.email)))
      const acts = (await historyOf(app.database, { kind: 'application', id: application.id }, 20)).map(
        ({ act }) => act
      )
      assert.ok(acts.includes('applications.participant-invited'))
    }))

  test('the letter with the link is nobody else’s: administrators do not read it, and it goes once it is sent', () =>
    consortiumAtWork(async ({ app, database, maria, application }) => {
      ok(await inviteParticipant(app, maria, application.code, byMail))
      const { opens } = await database
        .selectFrom('mail.message')
        .select('opens')
        .where('kind', '=', 'applications.invitation')
        .executeTakeFirstOrThrow()
      assert.equal(opens, 'account')
    }))

  test('Elena’s school is asked in her account, never at an address that somebody typed', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, elena, application, now } = at
      const code = await codeOf(at, elena)
      const asked = { organisation: code, role: 'partner', email: 'somebody@else.example' }
      const outcome = ok(await inviteParticipant(app, maria, application.code, asked))
      assert.equal(outcome.by, 'account')
      assert.equal((await mailed(at, 'applications.invitation')).length, 0)
      assert.deepEqual(await mailed(at, 'applications.asked'), ['elena.bianchi@example.org'])
      const access = ok(accessOf(await now(), elena))
      assert.equal(access.edits(`profile@${access.participant.id}.background`), false)
    }))

  test('an organisation stands in a consortium once, also when the register finds out later', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, jonas, application, places, now } = at
      const twice = await inviteParticipant(app, maria, application.code, {
        organisation: await codeOf(at, jonas),
        role: 'associated',
        tasks: 'Konsultē.'
      })
      assert.deepEqual(whyNot(twice), ['invalid', 'organisation: applications-consortium.problem.already-in'])
      const named = { ...byMail, name: 'vilniaus  GIMNAZIJA', country: 'LT' }
      const again = await inviteParticipant(app, maria, application.code, named)
      assert.deepEqual(whyNot(again), ['invalid', 'name: applications-consortium.problem.already-in'])

      await mergedByPetra(at, places.elenasSchool, places.jonasSchool)
      assert.equal((await now()).participants[1]!.organisation, places.elenasSchool)
      const merged = await inviteParticipant(app, maria, application.code, {
        organisation: await codeOf(at, at.elena),
        role: 'partner'
      })
      assert.deepEqual(whyNot(merged), [
        'invalid',
        'organisation: applications-consortium.problem.already-in'
      ])
    }))

  test('an associated partner needs tasks, and one by mail an address', () =>
    consortiumAtWork(async ({ app, maria, application }) => {
      const idle = await inviteParticipant(app, maria, application.code, { ...byMail, role: 'associated' })
      assert.deepEqual(whyNot(idle), ['invalid', 'tasks: applications-consortium.problem.tasks-missing'])
      const mute = await inviteParticipant(app, maria, application.code, { ...byMail, email: '' })
      assert.deepEqual(whyNot(mute), ['invalid', 'email: applications-consortium.problem.address-missing'])
    }))

  test('a partner, a stranger and an officer ask nobody', () =>
    consortiumAtWork(async ({ app, jonas, elena, petra, nobody, application }) => {
      const tries = [
        [jonas, 'not-allowed'],
        [elena, 'not-found'],
        [petra, 'not-found'],
        [nobody, 'sign-in']
      ] as const
      for (const [who, why] of tries) {
        const outcome = await inviteParticipant(app, who, application.code, byMail)
        assert.ok(isRefused(outcome))
        assert.equal(outcome.refused, why)
      }
    }))

  test('one who takes another’s place stands where it stood, and begins its own part anew', () =>
    consortiumAtWork(async ({ app, maria, application, now }) => {
      const jonas = application.participants[1]!
      ok(await inviteParticipant(app, maria, application.code, { ...byMail, replaces: jonas.id }))
      const { participants } = await now()
      assert.deepEqual(
        participants.map(({ name, position }) => [name, position]),
        [
          ['Mārupes pamatskola', 0],
          [byMail.name, 1]
        ]
      )
    }))

  test('a new link ends the one before, and taking a partner out ends them all', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const { participant } = ok(await inviteParticipant(app, maria, application.code, byMail))
      const first = await linkMailedTo(at, byMail.email)
      const given = { email: 'ana@example.pt' }
      ok(await sendInvitationAgain(app, maria, application.code, { participant, given }))
      const second = await linkMailedTo(at, 'ana@example.pt')
      assert.equal(await invitationBySecret(app.database, first), undefined)
      assert.ok(await invitationBySecret(app.database, second))
      ok(await removeParticipant(app, maria, application.code, { participant, given: {} }))
      assert.equal(await invitationBySecret(app.database, second), undefined)
      assert.deepEqual(await mailed(at, 'applications.taken-out'), ['ana@example.pt'])
    }))

  test('one address is not written to without end', () =>
    consortiumAtWork(async ({ app, maria, application }) => {
      const { participant } = ok(await inviteParticipant(app, maria, application.code, byMail))
      const outcomes = []
      for (let turn = 0; turn < 8; turn++)
        outcomes.push(await sendInvitationAgain(app, maria, application.code, { participant, given: {} }))
      assert.ok(outcomes.some((one) => isRefused(one) && one.refused === 'too-often'))
    }))
})
