import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import type { CallTerms } from '../call.ts'
import { listCalls } from '../reads.ts'
import { anyCall } from '../filter.ts'
import {
  ahead,
  atDesk,
  callOf,
  draftCall,
  type DeskAtWork,
  ok,
  publishedCall
} from '../../../../tests/cast/calls-at-desk.ts'
import { corrigendaOf } from '../corrigenda-store.server.ts'
import { stepsOf } from '../store.server.ts'
import { beginCorrigendum } from './begin-corrigendum.ts'
import { dropCorrigendum } from './drop-corrigendum.ts'
import { publishCall } from './publish-call.ts'
import { saveCall } from './save-call.ts'
import { sendCallBack } from './send-call-back.ts'
import { sendForReview } from './send-for-review.ts'
import { takeBackCall } from './take-back-call.ts'

const keyOf = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'
const events = async ({ database }: DeskAtWork) =>
  (await database.selectFrom('events.event').select('name').orderBy('id').execute()).map(({ name }) => name)

suite('a call is published by a second officer', () => {
  test('Petra sends it, Zane publishes it, and everybody sees it', () =>
    atDesk(async (desk) => {
      const { app, database, petra, zane } = desk
      const code = await draftCall(desk)
      assert.deepEqual((await listCalls(app, anyCall)).calls, [])
      ok(await sendForReview(app, petra, code, 2))
      assert.deepEqual(ok(await publishCall(app, zane, code, 2)), { code, corrigendum: undefined })
      const [listed] = (await listCalls(app, anyCall)).calls
      assert.deepEqual([listed?.code, listed?.state], [code, 'open'])
      const { id } = await callOf(database, code)
      assert.deepEqual(
        (await stepsOf(database, id)).map(({ step }) => step),
        ['drafted', 'sent', 'published']
      )
      assert.deepEqual(await events(desk), ['calls.published'])
    }))

  test('neither who sent it nor who helped to write it, nor another body’s officer, may publish it', () =>
    atDesk(async (desk) => {
      const { app, petra, zane, sandra, maria } = desk
      const code = await draftCall(desk)
      ok(await saveCall(app, zane, code, { revision: 2, change: { departure: 'Zane arī raksta.' } }))
      ok(await sendForReview(app, petra, code, 3))
      assert.notEqual(keyOf(await publishCall(app, petra, code, 3)), 'done')
      assert.notEqual(keyOf(await publishCall(app, zane, code, 3)), 'done')
      assert.equal(keyOf(await publishCall(app, sandra, code, 3)), 'not-found')
      assert.equal(keyOf(await publishCall(app, maria, code, 3)), 'not-allowed')
    }))

  test('pressed twice, it is published or sent back once', () =>
    atDesk(async (desk) => {
      const { app, petra, zane } = desk
      const code = await draftCall(desk)
      ok(await sendForReview(app, petra, code, 2))
      const back = { revision: 2, remarks: 'Lūdzu, precizējiet virsrakstu.' }
      ok(await sendCallBack(app, zane, code, back))
      ok(await sendCallBack(app, zane, code, back))
      ok(await sendForReview(app, petra, code, 2))
      const outcomes = await Promise.all([1, 2, 3].map(() => publishCall(app, zane, code, 2)))
      for (const outcome of outcomes) assert.deepEqual(outcome, { code, corrigendum: undefined })
      assert.equal(keyOf(await publishCall(app, petra, code, 2)), 'calls.not-now.not-in-review')
      assert.deepEqual(await events(desk), ['calls.published'])
    }))

  test('Zane publishes what she read, not what was saved since', () =>
    atDesk(async (desk) => {
      const { app, petra, zane } = desk
      const code = await draftCall(desk)
      ok(await sendForReview(app, petra, code, 2))
      ok(await takeBackCall(app, petra, code))
      ok(await saveCall(app, petra, code, { revision: 2, change: { departure: 'Cits iemesls' } }))
      ok(await sendForReview(app, petra, code, 3))
      assert.equal(keyOf(await publishCall(app, zane, code, 2)), 'changed')
      ok(await publishCall(app, zane, code, 3))
    }))

  test('she sends it back with remarks, and Petra writes on', () =>
    atDesk(async (desk) => {
      const { app, database, petra, zane } = desk
      const code = await draftCall(desk)
      ok(await sendForReview(app, petra, code, 2))
      assert.equal(
        keyOf(await sendCallBack(app, zane, code, { revision: 2, remarks: ' ' })),
        'calls.problem.remarks-missing'
      )
      ok(await sendCallBack(app, zane, code, { revision: 2, remarks: 'Trūkst tālruņa.' }))
      const { id, stage } = await callOf(database, code)
      assert.equal(stage, 'draft')
      assert.equal((await stepsOf(database, id)).at(-1)?.remarks, 'Trūkst tālruņa.')
      ok(await saveCall(app, petra, code, { revision: 2, change: { departure: 'x' } }))
    }))

  test('what is incomplete is not sent: each thing to settle is told', () =>
    atDesk(async (desk) => {
      const { app, petra } = desk
      const code = await draftCall(desk, {
        title: { lv: 'Tikai latviski' },
        departure: '',
        deadline: ahead(-2)
      })
      const outcome = await sendForReview(app, petra, code, 2)
      assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
      assert.deepEqual(
        outcome.problems.map(({ field }) => field),
        ['title.en', 'deadline']
      )
      const late = await draftCall(desk, { opens: ahead(-9), deadline: ahead(-2) })
      assert.equal(keyOf(await sendForReview(app, petra, late, 2)), 'calls.problem.deadline-past')
    }))
})

suite('a published call is changed by a numbered corrigendum', () => {
  async function corrected(desk: DeskAtWork, code: string, change: object, revision = 2) {
    const { app, petra, zane } = desk
    ok(
      await beginCorrigendum(app, petra, code, {
        reason: { lv: 'Sistēma nebija pieejama.', en: 'The system was down.' }
      })
    )
    ok(await saveCall(app, petra, code, { revision, change }))
    const sent = await sendForReview(app, petra, code, revision + 1)
    return isRefused(sent) ? sent : publishCall(app, zane, code, revision + 1)
  }

  test('it says what changed, why, and who; followers can be told; until then everybody sees the old', () =>
    atDesk(async (desk) => {
      const { app, database, petra, zane } = desk
      const code = await publishedCall(desk)
      const before = await callOf(database, code)
      ok(
        await beginCorrigendum(app, petra, code, {
          reason: { lv: 'Sistēma nebija pieejama.', en: 'The system was down.' }
        })
      )
      ok(await saveCall(app, petra, code, { revision: 2, change: { deadline: ahead(66) } }))
      ok(await sendForReview(app, petra, code, 3))
      assert.equal((await callOf(database, code)).publishedRevision, 2)
      assert.deepEqual(ok(await publishCall(app, zane, code, 3)), { code, corrigendum: 1 })

      const after = await callOf(database, code)
      assert.deepEqual([after.publishedRevision, after.corrigenda], [3, 1])
      assert.ok(after.period!.closesAt.epochMilliseconds > before.period!.closesAt.epochMilliseconds)
      const [first] = await corrigendaOf(database, after.id)
      assert.deepEqual(
        [first?.number, first?.reason, first?.begunBy, first?.publishedBy],
        [1, { lv: 'Sistēma nebija pieejama.', en: 'The system was down.' }, petra.person, zane.person]
      )
      assert.deepEqual(first?.changes, [{ field: 'deadline', from: ahead(60), to: ahead(66) }])
      assert.deepEqual(await events(desk), ['calls.published', 'calls.corrected', 'calls.deadline-extended'])

      assert.deepEqual(ok(await corrected(desk, code, { languages: ['lv', 'en'] }, 3)), {
        code,
        corrigendum: 2
      })
      assert.deepEqual((await events(desk)).at(-1), 'calls.corrected')
    }))

  test('an open call is never shortened, moved, or narrowed', () =>
    atDesk(async (desk) => {
      const cases: [Partial<CallTerms>, string][] = [
        [{ deadline: ahead(30) }, 'calls.problem.deadline-shortened'],
        [{ opens: ahead(2) }, 'calls.problem.opening-moved'],
        [
          { actions: [{ action: 'small-scale-partnerships', fields: ['school'] }] },
          'calls.problem.scope-narrowed'
        ],
        [{}, 'calls.problem.nothing-corrected']
      ]
      for (const [change, key] of cases) {
        const code = await publishedCall(desk)
        const { app, petra } = desk
        ok(await beginCorrigendum(app, petra, code, { reason: { lv: 'Labojums', en: 'Labojums' } }))
        const { revision } = ok(await saveCall(app, petra, code, { revision: 2, change }))
        assert.equal(keyOf(await sendForReview(app, petra, code, revision)), key)
      }
    }))

  test('before it opens, its dates may still be moved either way', () =>
    atDesk(async (desk) => {
      const code = await publishedCall(desk, { opens: ahead(10) })
      assert.equal(keyOf(await corrected(desk, code, { opens: ahead(12), deadline: ahead(50) })), 'done')
    }))

  test('a reason is needed, one corrigendum is prepared at a time, and it can be given up', () =>
    atDesk(async (desk) => {
      const { app, database, petra, zane } = desk
      const code = await publishedCall(desk)
      assert.equal(
        keyOf(await beginCorrigendum(app, petra, code, { reason: { lv: 'Tikai latviski', en: '  ' } })),
        'calls.problem.reason-missing'
      )
      ok(await beginCorrigendum(app, petra, code, { reason: { lv: 'Pirmais', en: 'Pirmais' } }))
      ok(await beginCorrigendum(app, zane, code, { reason: { lv: 'Otrais', en: 'Otrais' } }))
      ok(await saveCall(app, petra, code, { revision: 2, change: { languages: ['lv'] } }))
      ok(await dropCorrigendum(app, petra, code))
      ok(await dropCorrigendum(app, petra, code))
      const { id, revision } = await callOf(database, code)
      assert.deepEqual(await corrigendaOf(database, id), [])
      // Who gave one up may be the second officer of the next.
      ok(await beginCorrigendum(app, zane, code, { reason: { lv: 'Trešais', en: 'Trešais' } }))
      ok(await saveCall(app, zane, code, { revision, change: { languages: ['en'] } }))
      ok(await sendForReview(app, zane, code, revision + 1))
      assert.equal(ok(await publishCall(app, petra, code, revision + 1)).corrigendum, 1)
    }))
})
