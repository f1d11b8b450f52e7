import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { type ConsortiumAtWork, consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import type { Participant } from '../application.ts'
import { mandateToSign } from '../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../consortium/mandate.ts'
import { mandatesIn } from '../consortium/mandates-store.server.ts'
import {
  cms,
  justAfter,
  signedContainer,
  signedPdf,
  signedUpdate,
  signerNamed
} from '../consortium/signatures/signatures.fixture.ts'
import { consortiumAtWork as consortiumRead, mandatesToConfirm } from '../reads.ts'
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
  test('the mandate made here, signed in a PDF or in a container, is taken at once', () =>
    consortiumAtWork(async (at) => {
      const partner = await portuguese(at)
      const ours = await toSign(at, partner)
      const pdf = await sent(at, partner, signedUpdate(signer, ours))
      assert.equal(pdf.state, 'signed')
      const container = signedContainer(signer, { 'mandate.pdf': ours })
      assert.equal((await sent(at, partner, container, 'mandate.edoc')).state, 'signed')
      const view = ok(await consortiumRead(at.app, at.maria, at.application.code, 'en'))
      const shown = view.participants.find(({ id }) => id === partner.id)!
      assert.deepEqual([shown.state, shown.mandateState], ['accepted', 'signed'])
      const kept = (await mandatesIn(at.database, at.application.id)).get(partner.id)!
      assert.equal(kept.findings!.document, 'made-here')
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
      const broken = signedUpdate(signer, ours, () => cms(signer, Buffer.from('something else')))
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
