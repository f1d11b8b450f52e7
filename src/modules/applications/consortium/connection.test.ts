import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { registerOrganisation } from '#server/organisations'
import { endRole, rolesIn } from '#server/people'
import { historyOf } from '#shared/audit/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller, SignedIn } from '#shared/identity/index.ts'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { callerAgain, personActing } from '../../../../tests/cast/cast.ts'
import {
  type ConsortiumAtWork,
  codeOf,
  consortiumAtWork,
  linkMailedTo,
  mailed
} from '../../../../tests/cast/consortium-at-work.ts'
import { accessOf } from '../access.ts'
import { acceptMandateByLink } from '../actions/accept-mandate-by-link.ts'
import { connectPartner } from '../actions/connect-partner.ts'
import { declineByLink } from '../actions/decline-by-link.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { removeParticipant } from '../actions/remove-participant.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { mandatesIn } from './mandates-store.server.ts'
import { givenByLink } from './reads.ts'

const address = 'office@escola.example.pt'
const signed = { name: 'Rita Sousa', position: 'Directora', text: 'partner-1', agree: 'yes' }

/** A Portuguese school is asked by mail, and somebody there agrees without an account. */
async function agreed(at: ConsortiumAtWork) {
  const { app, holding, maria, nobody, application } = at
  const given = { name: 'Escola de Évora', country: 'PT', email: address, language: 'en', role: 'partner' }
  const { participant } = ok(await inviteParticipant(app, maria, application.code, given))
  const link = await linkMailedTo(at, address)
  const { receipt } = ok(await acceptMandateByLink(holding, nobody, link, signed, 'en'))
  return { participant, link, receipt: receipt! }
}

/** Somebody signs up, and registers a school that they may sign for. */
async function signsUp(
  { app, database }: ConsortiumAtWork,
  name: string,
  country = 'PT'
): Promise<SignedIn & { organisation: string }> {
  const person = await personActing(database, { name })
  const school = { name: `Escola ${name}`, country, city: 'Évora', type: 'school', seen: [] }
  const { organisation } = ok(await registerOrganisation(app, person, school))
  return { ...(await callerAgain(database, person)), organisation }
}

/** From now on an account has this address, confirmed or not. */
async function addressed({ database }: ConsortiumAtWork, { person }: SignedIn, confirmed: boolean) {
  await database
    .updateTable('people.person')
    .set({ email: 'Office@escola.example.pt', email_confirmed_at: confirmed ? '2026-01-01T00:00:00Z' : null })
    .where('id', '=', person)
    .execute()
}

async function answerFor({ app }: ConsortiumAtWork, who: Caller, secret: string) {
  const { connection, about } = (await givenByLink(app, who, secret, 'en'))!
  return [connection.answer === 'cannot' ? connection.why : connection.answer, about !== undefined]
}

const refusedFor = (why: string) => ['not-now', `applications-consortium.connect.why.${why}`]

suite('a partner that agreed by the link signs up', () => {
  test('Rita kept the receipt: her school is connected, its people write, and Maria is told', () =>
    consortiumAtWork(async (at) => {
      const { app, database, nobody, application, now } = at
      const { participant, receipt } = await agreed(at)
      assert.deepEqual(await answerFor(at, nobody, receipt), ['sign-in', true])
      // By the receipt she has her copy, before she has an account.
      const { file } = (await mandatesIn(database, application.id)).get(participant)!
      assert.equal((await givenByLink(app, nobody, receipt, 'en'))!.document, file)
      const rita = await signsUp(at, 'Rita Sousa')
      assert.deepEqual(await answerFor(at, rita, receipt), ['can', true])
      assert.deepEqual(ok(await connectPartner(app, rita, receipt, 'en')), { application: application.code })

      const partner = (await now()).participants.find(({ id }) => id === participant)!
      assert.deepEqual(
        [partner.organisation, partner.name, partner.state],
        [rita.organisation, 'Escola de Évora', 'accepted']
      )
      const path = `profile@${participant}.background`
      const role = { role: 'member', organisation: rita.organisation } as const
      const colleague = await personActing(database, { name: 'Rui Reis', role })
      ok(await saveAnswer(app, colleague, application.code, path, { base: 0, text: 'Somos uma escola.' }))
      assert.equal(ok(accessOf(await now(), rita)).edits('project.summary'), false)
      assert.deepEqual(await mailed(at, 'applications.partner-connected'), ['marta.ozola@example.org'])
      const entries = await historyOf(database, { kind: 'application', id: application.id }, 20)
      const entry = entries.find(({ act }) => act === 'applications.participant-connected')!
      assert.equal((entry.payload as { shownBy: string }).shownBy, 'receipt')
      // Once: the page says so to her, and nobody is connected in her place.
      assert.deepEqual(await answerFor(at, rita, receipt), ['there', true])
      const another = await signsUp(at, 'Sofia Silva')
      assert.deepEqual(
        whyNot(await connectPartner(app, another, receipt, 'en')),
        refusedFor('another-partner')
      )
    }))

  test('who holds the old mail only is told nothing, and gets in nowhere', () =>
    consortiumAtWork(async (at) => {
      const { app, now } = at
      const { participant, link } = await agreed(at)
      const stranger = await signsUp(at, 'Sofia Silva')
      assert.deepEqual(await answerFor(at, stranger, link), ['not-shown', false])
      assert.equal((await givenByLink(app, stranger, link, 'en'))!.document, undefined)
      assert.deepEqual(whyNot(await connectPartner(app, stranger, link, 'en')), refusedFor('not-shown'))
      // An address that somebody typed and never confirmed is nobody’s.
      await addressed(at, stranger, false)
      assert.deepEqual(whyNot(await connectPartner(app, stranger, link, 'en')), refusedFor('not-shown'))
      assert.equal((await now()).participants.find(({ id }) => id === participant)!.organisation, null)
    }))

  test('the link and an account with the address it was mailed to are enough; the address itself is kept nowhere', () =>
    consortiumAtWork(async (at) => {
      const { app, database } = at
      const { link } = await agreed(at)
      const rita = await signsUp(at, 'Rita Sousa')
      await addressed(at, rita, true)
      const kept = await database.selectFrom('applications.invitation').selectAll().executeTakeFirstOrThrow()
      assert.equal(kept.email, null)
      assert.equal(JSON.stringify(kept).includes('escola.example'), false)
      ok(await connectPartner(app, rita, link, 'en'))
    }))

  test('only who may sign for a school of the same country, which is not in it yet, connects it', () =>
    consortiumAtWork(async (at) => {
      const { app, database, jonas, nobody } = at
      const { receipt } = await agreed(at)
      const tries: [Caller, string][] = [
        [await personActing(database, { name: 'Ana Alves' }), 'not-signing'],
        [jonas, 'already-in'],
        [await signsUp(at, 'Elisa Neri', 'IT'), 'another-country']
      ]
      const rita = await signsUp(at, 'Rita Sousa')
      const role = { role: 'member', organisation: rita.organisation } as const
      tries.push([await personActing(database, { name: 'Rui Reis', role }), 'not-signing'])
      for (const [who, why] of tries)
        assert.deepEqual(whyNot(await connectPartner(app, who, receipt, 'en')), refusedFor(why))
      const unknown = await connectPartner(app, nobody, receipt, 'en')
      assert.ok(isRefused(unknown) && unknown.refused === 'sign-in')
      ok(await connectPartner(app, rita, receipt, 'en'))
    }))

  test('of two who press at once one is connected', () =>
    consortiumAtWork(async (at) => {
      const { app, now } = at
      const { participant, receipt } = await agreed(at)
      const [rita, rui] = [await signsUp(at, 'Rita Sousa'), await signsUp(at, 'Rui Reis')]
      const both = await Promise.all([rita, rui].map((who) => connectPartner(app, who, receipt, 'en')))
      assert.equal(both.filter(isRefused).length, 1)
      const { organisation } = (await now()).participants.find(({ id }) => id === participant)!
      assert.ok(organisation === rita.organisation || organisation === rui.organisation)
    }))

  test('after half a year, for an application that is handed in, or once Maria took it out, nobody is connected', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, application } = at
      const { participant, receipt } = await agreed(at)
      const rita = await signsUp(at, 'Rita Sousa')
      const state = (state: 'draft' | 'submitted') =>
        database.updateTable('applications.application').set({ state }).execute()
      await state('submitted')
      assert.deepEqual(whyNot(await connectPartner(app, rita, receipt, 'en')), refusedFor('not-a-draft'))
      await state('draft')
      const over = ['not-now', 'applications-consortium.problem.link-over']
      const daysPass = (days: number) =>
        sql`update applications.invitation set answered_at = answered_at - ${days} * interval '1 day'`.execute(
          database
        )
      await daysPass(181)
      assert.deepEqual(whyNot(await connectPartner(app, rita, receipt, 'en')), over)
      await daysPass(-181)
      ok(await removeParticipant(app, maria, application.code, { participant, given: {} }))
      assert.deepEqual(whyNot(await connectPartner(app, rita, receipt, 'en')), over)
    }))

  test('a school of the register that nobody worked for needs no receipt: once Rita does, it is hers', () =>
    consortiumAtWork(async (at) => {
      const { app, database, holding, maria, elena, nobody, application, places, now } = at
      const { elenasSchool: organisation } = places
      for (const { held } of await rolesIn(database, { organisation })) await endRole(database, held.id)
      const given = { organisation: await codeOf(at, elena), role: 'partner', email: address, language: 'en' }
      ok(await inviteParticipant(app, maria, application.code, given))
      const link = await linkMailedTo(at, address)
      const { receipt } = ok(await acceptMandateByLink(holding, nobody, link, signed, 'en'))
      assert.equal(receipt, undefined)
      assert.equal(await givenByLink(app, nobody, link, 'en'), undefined)
      const role = { role: 'representative', organisation } as const
      const rita = await personActing(database, { name: 'Rita Sousa', role })
      assert.equal(ok(accessOf(await now(), rita)).participant.state, 'accepted')
    }))
})

suite('saying no by the link', () => {
  test('nobody says no for a school that has people here by now, nor once the application is handed in', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, elena, nobody, application, places } = at
      const { elenasSchool: organisation } = places
      for (const { held } of await rolesIn(database, { organisation })) await endRole(database, held.id)
      const given = { organisation: await codeOf(at, elena), role: 'partner', email: address, language: 'en' }
      ok(await inviteParticipant(app, maria, application.code, given))
      const link = await linkMailedTo(at, address)
      const role = { role: 'representative', organisation } as const
      const back = await personActing(database, { name: 'Enrico Bianchi', role })
      const outcome = await declineByLink(app, nobody, link, {})
      assert.deepEqual(whyNot(outcome), ['not-now', 'applications-consortium.problem.people-there'])
      await database.updateTable('applications.application').set({ state: 'submitted' }).execute()
      const late = await declineByLink(app, back, link, {})
      assert.deepEqual(whyNot(late), ['not-now', 'applications-consortium.problem.not-a-draft'])
      await database.updateTable('applications.application').set({ state: 'draft' }).execute()
      ok(await declineByLink(app, back, link, {}))
    }))
})
