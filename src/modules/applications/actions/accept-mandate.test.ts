import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { suite, test } from 'node:test'
import { endRole, rolesIn } from '#server/people'
import { isRefused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { personActing } from '../../../../tests/cast/cast.ts'
import { accessOf } from '../access.ts'
import {
  type ConsortiumAtWork,
  codeOf,
  consortiumAtWork,
  linkMailedTo,
  mailed
} from '../../../../tests/cast/consortium-at-work.ts'
import { mandatesIn } from '../consortium/mandates-store.server.ts'
import { consortiumAtWork as consortiumRead, mandateByLink } from '../consortium/reads.ts'
import { acceptMandateByLink } from './accept-mandate-by-link.ts'
import { acceptMandate } from './accept-mandate.ts'
import { declineByLink } from './decline-by-link.ts'
import { declineParticipation } from './decline-participation.ts'
import { inviteParticipant } from './invite-participant.ts'
import { sendInvitationAgain } from './send-invitation-again.ts'

const rita = { name: 'Rita Sousa', position: 'Directora', text: 'partner-1', agree: 'yes' }
const agreed = { text: 'partner-1', agree: 'yes' }

async function asked(at: ConsortiumAtWork, email = 'rita@example.pt') {
  const { app, maria, application } = at
  const given = { name: 'Escola Básica de Évora', country: 'PT', email, language: 'en', role: 'partner' }
  const { participant } = ok(await inviteParticipant(app, maria, application.code, given))
  return { participant, secret: await linkMailedTo(at, email) }
}

async function elenaAsked(at: ConsortiumAtWork) {
  const { app, maria, elena, application } = at
  const given = { organisation: await codeOf(at, elena), role: 'partner' }
  return ok(await inviteParticipant(app, maria, application.code, given))
}

suite('mandates', () => {
  test('Elena agrees in her account: she may write, and the document is kept with its digest', () =>
    consortiumAtWork(async (at) => {
      const { holding, elena, application, database, now } = at
      const { participant } = await elenaAsked(at)
      const given = ok(await acceptMandate(holding, elena, application.code, agreed, 'lv'))
      const access = ok(accessOf(await now(), elena))
      assert.equal(access.edits(`profile@${participant}.background`), true)
      assert.equal(access.edits('project.summary'), false)
      const mandate = (await mandatesIn(database, application.id)).get(participant)!
      assert.deepEqual([mandate.way, mandate.signatory], ['account', 'Elena Bianchi'])
      const stored = await database
        .selectFrom('files.file')
        .select('sha256')
        .where('id', '=', given.file)
        .executeTakeFirstOrThrow()
      assert.equal(mandate.digest, stored.sha256)
      const parts: Buffer[] = []
      for await (const part of (await holding.files.storage.read(stored.sha256))!) parts.push(part as Buffer)
      const pdf = Buffer.concat(parts)
      assert.equal(createHash('sha256').update(pdf).digest('hex'), mandate.digest)
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    }))

  test('Rita, who has no account, agrees by the link of her mail, and only once', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, nobody, application, database, now } = at
      const { participant, secret } = await asked(at)
      const shown = await mandateByLink(app, nobody, secret, 'en')
      assert.match(shown!.text.paragraphs[0]!, /Escola Básica de Évora.*Lasīšanas tilti/)
      // Looking, also by a mail program, spends nothing.
      await mandateByLink(app, nobody, secret, 'en')
      ok(await acceptMandateByLink(holding, nobody, secret, rita, 'en'))
      const partner = (await now()).participants.find(({ id }) => id === participant)!
      assert.deepEqual([partner.state, partner.organisation], ['accepted', null])
      const again = await acceptMandateByLink(holding, nobody, secret, rita, 'en')
      assert.deepEqual(whyNot(again), ['not-now', 'applications-consortium.problem.link-over'])
      const mandate = (await mandatesIn(database, application.id)).get(participant)!
      assert.deepEqual(
        [mandate.way, mandate.signatory, mandate.position],
        ['link', 'Rita Sousa', 'Directora']
      )
      const kept = await database.selectFrom('applications.invitation').select('email').execute()
      assert.deepEqual(kept, [{ email: null }])
      assert.deepEqual(await mailed(at, 'applications.partner-accepted'), ['marta.ozola@example.org'])
      // Whoever reads that mailbox hears of it, without a secret by which they could act for her.
      const told = await database
        .selectFrom('mail.message')
        .select(['recipient', 'content'])
        .where('kind', '=', 'applications.agreed-by-link')
        .execute()
      assert.deepEqual(
        told.map(({ recipient }) => recipient),
        ['rita@example.pt']
      )
      assert.match(JSON.stringify(told[0]!.content), /Rita Sousa gave the mandate/)
      assert.doesNotMatch(JSON.stringify(told[0]!.content), /mandates\//)
    }))

  test('two who press at once give one mandate', () =>
    consortiumAtWork(async (at) => {
      const { holding, nobody, application, database } = at
      const { secret } = await asked(at)
      const both = await Promise.all([
        acceptMandateByLink(holding, nobody, secret, rita, 'en'),
        acceptMandateByLink(holding, nobody, secret, { ...rita, name: 'Rui Reis' }, 'en')
      ])
      assert.equal(both.filter(isRefused).length, 1)
      assert.equal((await mandatesIn(database, application.id)).size, 1)
    }))

  test('without a name, a position or the tick nothing is given, and the link still works', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, nobody } = at
      const { secret } = await asked(at)
      const empty = await acceptMandateByLink(holding, nobody, secret, { text: 'partner-1' }, 'en')
      assert.deepEqual(whyNot(empty), [
        'invalid',
        'name: form.missing',
        'position: form.missing',
        'agree: applications-consortium.problem.agree'
      ])
      const other = await acceptMandateByLink(holding, nobody, secret, { ...rita, text: 'partner-0' }, 'en')
      assert.deepEqual(whyNot(other), ['not-now', 'applications-consortium.problem.other-text'])
      assert.ok(await mandateByLink(app, nobody, secret, 'en'))
    }))

  test('Elena opens the mail that was meant for her school, and connects it', () =>
    consortiumAtWork(async (at) => {
      const { holding, elena, places, now } = at
      const { participant, secret } = await asked(at)
      ok(await acceptMandateByLink(holding, elena, secret, { ...rita, own: 'yes' }, 'en'))
      const partner = (await now()).participants.find(({ id }) => id === participant)!
      assert.deepEqual([partner.organisation, partner.name], [places.elenasSchool, 'Liceo di Torino'])
    }))

  test('whoever has the link answers no more for a school that has people here by now; Enrico does', () =>
    consortiumAtWork(async (at) => {
      const { app, database, holding, maria, elena, nobody, application, places, now } = at
      const organisation = await codeOf(at, elena)
      const left = await rolesIn(database, { organisation: places.elenasSchool })
      for (const { held } of left) await endRole(database, held.id)
      const given = { organisation, role: 'partner', email: 'somebody@else.example', language: 'en' }
      const { participant, by } = ok(await inviteParticipant(app, maria, application.code, given))
      assert.equal(by, 'mail')
      const secret = await linkMailedTo(at, 'somebody@else.example')
      const representative = { role: 'representative', organisation: places.elenasSchool } as const
      const back = await personActing(database, { name: 'Enrico Bianchi', role: representative })
      const outcome = await acceptMandateByLink(holding, nobody, secret, rita, 'en')
      assert.deepEqual(whyNot(outcome), ['not-now', 'applications-consortium.problem.people-there'])
      assert.equal((await now()).participants.find(({ id }) => id === participant)!.state, 'invited')
      ok(await acceptMandateByLink(holding, back, secret, { ...rita, own: 'yes' }, 'en'))
      assert.equal((await now()).participants.find(({ id }) => id === participant)!.state, 'accepted')
    }))

  test('a school that is in the consortium already cannot be connected twice', () =>
    consortiumAtWork(async (at) => {
      const { holding, jonas, nobody, now } = at
      const { secret } = await asked(at)
      const twice = await acceptMandateByLink(holding, jonas, secret, { ...rita, own: 'yes' }, 'en')
      assert.deepEqual(whyNot(twice), ['invalid', 'own: applications-consortium.problem.already-in'])
      const unknown = await acceptMandateByLink(holding, nobody, secret, { ...rita, own: 'yes' }, 'en')
      assert.deepEqual(whyNot(unknown), ['invalid', 'own: applications-consortium.problem.not-signing'])
      assert.equal((await now()).participants[2]!.state, 'invited')
    }))

  test('a link that is a day too old lets nobody in', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, nobody, database } = at
      const { secret } = await asked(at)
      await database
        .updateTable('applications.invitation')
        .set({ expires_at: '2026-01-01T00:00:00Z' })
        .execute()
      assert.equal(await mandateByLink(app, nobody, secret, 'en'), undefined)
      const late = await acceptMandateByLink(holding, nobody, secret, rita, 'en')
      assert.deepEqual(whyNot(late), ['not-now', 'applications-consortium.problem.link-over'])
    }))

  test('Rita says no: nobody waits for her, and her address is gone', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, nobody, application, now } = at
      const { participant, secret } = await asked(at)
      ok(await declineByLink(app, nobody, secret, { reason: 'Nav laika.' }))
      assert.equal(
        (await now()).participants.some(({ id }) => id === participant),
        false
      )
      const view = ok(await consortiumRead(app, maria, application.code, 'lv'))
      assert.deepEqual(
        view.gone.map(({ name, state }) => [name, state]),
        [['Escola Básica de Évora', 'declined']]
      )
      assert.deepEqual(await mailed(at, 'applications.partner-declined'), ['marta.ozola@example.org'])
    }))

  test('Jonas leaves: he reads no more, his words stay, and what he leaves is shown', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, jonas, application, database, now } = at
      const part = application.participants[1]!.id
      await database
        .insertInto('applications.answer')
        .values({
          ...{
            application: application.id,
            path: `profile@${part}.background`,
            text: 'Mūsu skola',
            version: 1
          },
          ...{ length: 10, digest: Buffer.alloc(32), changed_by: jonas.person }
        })
        .execute()
      ok(await declineParticipation(app, jonas, application.code, {}))
      const access = accessOf(await now(), jonas)
      assert.ok(isRefused(access) && access.refused === 'not-found')
      const view = ok(await consortiumRead(app, maria, application.code, 'lv'))
      assert.deepEqual(
        view.gone.map(({ name, state, answers }) => [name, state, answers]),
        [['Vilniaus gimnazija', 'left', 1]]
      )
    }))

  test('a member who may not sign reads what is asked, and gives no mandate', () =>
    consortiumAtWork(async (at) => {
      const { app, database, holding, application, places } = at
      await elenaAsked(at)
      const organisation = places.elenasSchool
      const member: SignedIn = await personActing(database, {
        name: 'Bianca Neri',
        role: { role: 'member', organisation }
      })
      ok(await consortiumRead(app, member, application.code, 'en'))
      assert.deepEqual(whyNot(await acceptMandate(holding, member, application.code, agreed, 'en')), [
        'not-allowed'
      ])
    }))

  test('an application that is submitted keeps its consortium', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, maria, jonas, nobody, application, database } = at
      const { participant, secret } = await asked(at)
      await database.updateTable('applications.application').set({ state: 'submitted' }).execute()
      const closed = ['not-now', 'applications-consortium.problem.not-a-draft']
      assert.deepEqual(whyNot(await acceptMandateByLink(holding, nobody, secret, rita, 'en')), closed)
      assert.deepEqual(whyNot(await declineParticipation(app, jonas, application.code, {})), closed)
      const again = { participant, given: {} }
      assert.deepEqual(whyNot(await sendInvitationAgain(app, maria, application.code, again)), closed)
    }))
})
