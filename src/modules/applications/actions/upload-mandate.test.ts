import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { personActing } from '../../../../tests/cast/cast.ts'
import {
  type ConsortiumAtWork,
  codeOf,
  consortiumAtWork,
  linkMailedTo
} from '../../../../tests/cast/consortium-at-work.ts'
import type { Participant } from '../application.ts'
import { mandateToSign } from '../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../consortium/mandate.ts'
import {
  cms,
  justAfter,
  signedContainer,
  signedPdf,
  signedUpdate,
  signerNamed,
  unsignedContainer
} from '../consortium/signatures/signatures.fixture.ts'
import { consortiumAtWork as consortiumRead, mandateByLink, mandatesToConfirm } from '../consortium/reads.ts'
import { acceptMandate } from './accept-mandate.ts'
import { confirmMandate } from './confirm-mandate.ts'
import { inviteParticipant } from './invite-participant.ts'
import { uploadMandate } from './upload-mandate.ts'

const signer = signerNamed('Rita Sousa')

async function portuguese(at: ConsortiumAtWork): Promise<Participant> {
  const { app, maria, application, now } = at
  const given = { name: 'Escola de Évora', country: 'PT', email: 'rita@example.pt', role: 'partner' }
  const { participant } = ok(await inviteParticipant(app, maria, application.code, given))
  return (await now()).participants.find(({ id }) => id === participant)!
}

async function toSign(at: ConsortiumAtWork, partner: Participant): Promise<Buffer> {
  const text = mandateTextFor('partner', '2026-11-25')
  return Buffer.from(ok(await mandateToSign(await at.now(), partner, { text, language: 'en' })))
}

async function sent(at: ConsortiumAtWork, partner: Participant, content: Buffer, name = 'mandate.pdf') {
  const given = { participant: partner.id, content: [content], name, language: 'en' as const }
  const outcome = await uploadMandate(at.holding, at.maria, at.application.code, given as never)
  assert.ok('mandate' in outcome, JSON.stringify(outcome))
  return outcome
}

suite('mandates signed elsewhere', () => {
  test('Maria signs Rita’s mandate with a certificate of her own making: an officer looks, nobody has agreed', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, nobody, petra, call, application } = at
      const partner = await portuguese(at)
      const ours = await toSign(at, partner)
      assert.equal((await sent(at, partner, signedUpdate(signer, ours))).state, 'to-confirm')
      const container = signedContainer(signer, { 'mandate.pdf': ours })
      assert.equal((await sent(at, partner, container, 'mandate.edoc')).state, 'to-confirm')
      const view = ok(await consortiumRead(app, maria, application.code, 'en'))
      const shown = view.participants.find(({ id }) => id === partner.id)!
      assert.deepEqual([shown.state, shown.mandateState], ['invited', 'to-confirm'])
      assert.deepEqual(
        ok(await mandatesToConfirm(app, petra, call)).map(({ partner, findings }) => [
          partner,
          findings.document
        ]),
        [['Escola de Évora', 'made-here']]
      )
      // Her link still works: the paper that Maria brought takes nothing from her.
      assert.ok(await mandateByLink(app, nobody, await linkMailedTo(at, 'rita@example.pt'), 'en'))
    }))

  test('Elena, who may sign for her school, agrees by sending it; her colleague does not', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, maria, elena, database, places, application, now } = at
      const asked = { organisation: await codeOf(at, elena), role: 'partner' }
      const { participant } = ok(await inviteParticipant(app, maria, application.code, asked))
      const partner = (await now()).participants.find(({ id }) => id === participant)!
      const content = [signedUpdate(signer, await toSign(at, partner))]
      const given = { participant, content, name: 'mandate.pdf', language: 'en' }
      const bianca = await personActing(database, {
        name: 'Bianca Neri',
        role: { role: 'member', organisation: places.elenasSchool }
      })
      const stateNow = async () => (await now()).participants.find(({ id }) => id === participant)!.state
      const brought = await uploadMandate(holding, bianca, application.code, given as never)
      assert.ok('mandate' in brought)
      assert.equal(await stateNow(), 'invited')
      const signed = await uploadMandate(holding, elena, application.code, given as never)
      assert.ok('mandate' in signed && signed.state === 'to-confirm')
      assert.equal(await stateNow(), 'accepted')
    }))

  test('what Elena gave in her account is not put aside by a paper that Maria brings', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, maria, elena, application, now } = at
      const asked = { organisation: await codeOf(at, elena), role: 'partner' }
      const { participant } = ok(await inviteParticipant(app, maria, application.code, asked))
      ok(await acceptMandate(holding, elena, application.code, { text: 'partner-1', agree: 'yes' }, 'en'))
      const partner = (await now()).participants.find(({ id }) => id === participant)!
      const content = [signedUpdate(signer, await toSign(at, partner))]
      const given = { participant, content, name: 'mandate.pdf', language: 'en' }
      const outcome = await uploadMandate(holding, maria, application.code, given as never)
      assert.deepEqual(whyNot(outcome), ['not-now', 'applications-consortium.problem.mandate-there'])
    }))

  test('a container in which nobody signed is no mandate; a sheet signed by hand waits for an officer', () =>
    consortiumAtWork(async (at) => {
      const partner = await portuguese(at)
      const unsigned = unsignedContainer({ 'mandate.pdf': await toSign(at, partner) })
      const given = { participant: partner.id, content: [unsigned], name: 'm.asice', language: 'en' as const }
      const outcome = await uploadMandate(at.holding, at.maria, at.application.code, given as never)
      assert.deepEqual(whyNot(outcome as never), [
        'invalid',
        'mandate: applications-consortium.problem.nothing-signed'
      ])
      assert.deepEqual(ok(await mandatesToConfirm(at.app, at.petra, at.call)), [])
      assert.equal((await sent(at, partner, await toSign(at, partner))).state, 'to-confirm')
    }))

  test('another document that somebody signed is kept, and an officer looks before it counts', () =>
    consortiumAtWork(async (at) => {
      const { app, petra, sandra, maria, call, now } = at
      const partner = await portuguese(at)
      const { mandate, state } = await sent(at, partner, signedPdf(signer))
      assert.equal(state, 'to-confirm')
      assert.equal((await now()).participants.find(({ id }) => id === partner.id)!.state, 'invited')
      const waiting = ok(await mandatesToConfirm(app, petra, call))
      assert.deepEqual(
        waiting.map(({ id, partner }) => [id, partner]),
        [[mandate, 'Escola de Évora']]
      )
      assert.deepEqual(whyNot(await mandatesToConfirm(app, sandra, call)), ['not-allowed'])
      assert.deepEqual(whyNot(await confirmMandate(app, maria, mandate, { verdict: 'holds' })), [
        'not-allowed'
      ])
      const mute = await confirmMandate(app, petra, mandate, { verdict: 'does-not-hold' })
      assert.deepEqual(whyNot(mute), ['invalid', 'remarks: applications-consortium.problem.say-why'])
      ok(await confirmMandate(app, petra, mandate, { verdict: 'holds' }))
      assert.equal((await now()).participants.find(({ id }) => id === partner.id)!.state, 'accepted')
      assert.deepEqual(ok(await mandatesToConfirm(app, petra, call)), [])
    }))

  test('a broken signature, a file beside the mandate and a bare PDF wait for an officer', () =>
    consortiumAtWork(async (at) => {
      const partner = await portuguese(at)
      const ours = await toSign(at, partner)
      const broken = signedUpdate(signer, ours, {
        sign: () => cms(signer, Buffer.from('something else'))
      })
      assert.equal((await sent(at, partner, broken)).state, 'to-confirm')
      const beside = signedContainer(signer, { 'mandate.pdf': ours, 'more.txt': 'more' })
      assert.equal((await sent(at, partner, beside, 'm.asice')).state, 'to-confirm')
      assert.equal((await sent(at, partner, ours)).state, 'to-confirm')
      const early = signedContainer(signer, { 'mandate.pdf': ours }, { signedAt: '2019-01-01T00:00:00Z' })
      assert.ok(justAfter(signer) > '2019')
      assert.equal((await sent(at, partner, early, 'm.asice')).state, 'to-confirm')
    }))

  test('what is neither a PDF nor a signed container is refused, and Jonas sends none for others', () =>
    consortiumAtWork(async (at) => {
      const { holding, maria, jonas, application } = at
      const partner = await portuguese(at)
      const text = { participant: partner.id, content: [Buffer.from('Hello')], name: 'a.pdf', language: 'en' }
      const wrong = await uploadMandate(holding, maria, application.code, text as never)
      assert.ok('refused' in wrong && wrong.refused === 'wrong-kind')
      assert.deepEqual(whyNot(await uploadMandate(holding, jonas, application.code, text as never)), [
        'not-found'
      ])
    }))
})
