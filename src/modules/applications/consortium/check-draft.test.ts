import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import {
  type ConsortiumAtWork,
  codeOf,
  consortiumAtWork,
  mergedByPetra
} from '../../../../tests/cast/consortium-at-work.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { startApplication } from '../actions/start-application.ts'
import { stateFacts } from '../actions/state-facts.ts'
import { reportOf } from './draft-check.ts'
import { checkDraft } from './reads.ts'

async function answered({ database, application, maria }: ConsortiumAtWork, path: string, value: unknown) {
  await database
    .insertInto('applications.answer')
    .values({
      ...{ application: application.id, path, value: JSON.stringify(value), version: 1, length: 0 },
      ...{ digest: Buffer.alloc(32), changed_by: maria.person }
    })
    .execute()
}

type Looked = Awaited<ReturnType<typeof checkDraft>>
const reportIn = (looked: Looked) => reportOf(ok(looked).check)!

const rulesNotMet = (looked: Looked) =>
  reportIn(looked)
    .rules.filter(({ answer, severity }) => answer === 'not-met' && severity === 'block')
    .map(({ id }) => id)

suite('the check of a draft', () => {
  test('two countries are too few; with Elena asked from a third the consortium fits, as far as is known', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const two = await checkDraft(app, maria, application.code)
      assert.equal(reportIn(two).answer, 'not-eligible')
      assert.ok(rulesNotMet(two).some((id) => /countr|organisations/.test(id)))
      assert.ok(reportIn(two).repairs.length > 0)
      const asked = { organisation: await codeOf(at, at.elena), role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, asked))
      const three = await checkDraft(app, maria, application.code)
      assert.deepEqual(rulesNotMet(three), [])
      assert.equal(ok(three).check.waiting, 1)
      assert.equal(reportIn(three).answer, 'undetermined')
    }))

  test('duration, grant and the day of founding are read from what was answered; nothing is guessed', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const asked = { organisation: await codeOf(at, at.elena), role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, asked))
      await answered(at, 'project.duration-months', 24)
      await answered(at, 'budget.lump-sum', 120_000_00)
      const participant = application.participants[0]!.id
      const given = { establishedOn: '1990-09-01', nonProfit: 'yes' }
      ok(await stateFacts(app, maria, application.code, { participant, given }))
      const known = reportIn(await checkDraft(app, maria, application.code))
      assert.equal(known.answer, 'eligible', JSON.stringify(known.open))
      await at.database
        .updateTable('applications.answer')
        .set({ value: '48' })
        .where('path', '=', 'project.duration-months')
        .execute()
      assert.equal(reportIn(await checkDraft(app, maria, application.code)).answer, 'not-eligible')
    }))

  test('how many work packages there are is read from the draft, and advised against where there are many', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const answerOf = async () =>
        reportIn(await checkDraft(app, maria, application.code)).rules.find(
          ({ id }) => id === 'number-of-work-packages'
        )?.answer
      assert.equal(await answerOf(), 'unknown')
      const rows = Array.from({ length: 6 }, (_, index) => `aaaaaaa${index}`)
      await answered(at, 'work-packages', rows.slice(1))
      assert.equal(await answerOf(), 'met')
      await at.database
        .updateTable('applications.answer')
        .set({ value: JSON.stringify(rows) })
        .where('path', '=', 'work-packages')
        .execute()
      assert.equal(await answerOf(), 'not-met')
    }))

  test('Maria says what a partner is that no register knows, and not what one of the register is', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const asked = { name: 'Escola', country: 'PT', email: 'rita@example.pt', role: 'partner' }
      const { participant } = ok(await inviteParticipant(app, maria, application.code, asked))
      const openOf = async () => reportIn(await checkDraft(app, maria, application.code)).open
      assert.ok((await openOf()).some(({ en }) => /Escola/.test(en)))
      const given = { type: 'school' }
      ok(await stateFacts(app, maria, application.code, { participant, given }))
      assert.ok(!(await openOf()).some(({ en }) => /Escola/.test(en)))
      const jonas = application.participants[1]!.id
      const his = await stateFacts(app, maria, application.code, { participant: jonas, given })
      assert.deepEqual(whyNot(his), ['not-allowed'])
    }))

  test('an answer that no rule can read leaves its question open', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      await answered(at, 'eligibility.european-ngo', { odd: ['thing'] })
      const { check } = ok(await checkDraft(app, maria, application.code))
      assert.deepEqual([check.state, check.unread], ['checked', []])
    }))

  test('two participants that turn out to be one organisation count once', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application, places } = at
      const asked = { organisation: await codeOf(at, at.elena), role: 'partner' }
      ok(await inviteParticipant(app, maria, application.code, asked))
      assert.deepEqual(rulesNotMet(await checkDraft(app, maria, application.code)), [])
      await mergedByPetra(at, places.elenasSchool, places.jonasSchool)
      assert.ok(rulesNotMet(await checkDraft(app, maria, application.code)).length > 0)
    }))

  test('a look at an unchanged draft costs little', () =>
    consortiumAtWork(async ({ app, maria, application }) => {
      await checkDraft(app, maria, application.code)
      // The quickest look: others share the machine.
      let quickest = Infinity
      for (let turn = 0; turn < 20; turn++) {
        const before = performance.now()
        await checkDraft(app, maria, application.code)
        quickest = Math.min(quickest, performance.now() - before)
      }
      assert.ok(quickest < 60, `${quickest} ms`)
    }))

  test('the sixth small-scale partnership of Jonas’s school is told to him with names, to Maria without', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, jonas, elena, application, call, places } = at
      await database
        .updateTable('applications.application')
        .set({ action: 'small-scale-partnerships' })
        .execute()
      const codes: string[] = []
      for (let turn = 0; turn < 5; turn++) {
        const { code } = ok(
          await startApplication(app, elena, {
            ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'en' },
            ...{ organisation: places.elenasSchool, title: `Cits ${turn}` }
          })
        )
        const { id } = await database
          .updateTable('applications.application')
          .set({ action: 'small-scale-partnerships' })
          .where('code', '=', code)
          .returning('id')
          .executeTakeFirstOrThrow()
        await database
          .insertInto('applications.participant')
          .values({
            ...{ application: id, position: 1, role: 'partner', organisation: places.jonasSchool },
            ...{ name: 'Vilniaus gimnazija', country: 'LT', state: 'accepted', added_by: elena.person }
          })
          .execute()
        codes.push(code)
      }
      const his = ok(await checkDraft(app, jonas, application.code)).limits
      const own = his.find(({ limit }) => limit.of === 'organisation')!
      assert.deepEqual([own.level, own.beyond, own.counted!.length], ['over', false, 6])
      assert.deepEqual(new Set(own.counted), new Set([application.code, ...codes]))
      const hers = ok(await checkDraft(app, maria, application.code)).limits
      assert.deepEqual(
        hers.map(({ limit, level, participant, counted }) => [limit.of, level, participant?.name, counted]),
        [['organisation', 'over', 'Vilniaus gimnazija', undefined]]
      )
    }))
})
