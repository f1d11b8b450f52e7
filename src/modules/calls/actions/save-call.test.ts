import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { atDesk, draftCall, ok, publishedCall } from '../../../../tests/cast/calls-at-desk.ts'
import { callOf } from '../../../../tests/cast/calls-at-desk.ts'
import { termsOf } from '../store.server.ts'
import { beginCorrigendum } from './begin-corrigendum.ts'
import { type SavedMeanwhile, saveCall } from './save-call.ts'
import { sendForReview } from './send-for-review.ts'

suite('Petra and Zane edit one call at once', () => {
  test('the second is shown the first’s change, and nothing is overwritten', () =>
    atDesk(async (desk) => {
      const { app, database, petra, zane } = desk
      const code = await draftCall(desk)
      const budget = { cents: 300_000_00, splits: [] }
      ok(await saveCall(app, petra, code, { revision: 2, change: { budget } }))

      const change = { contact: { name: 'Zane', email: '', phone: '', page: '' } }
      const outcome = await saveCall(app, zane, code, { revision: 2, change })
      assert.ok(isRefused(outcome) && outcome.refused === 'changed')
      const meanwhile = outcome.current as SavedMeanwhile
      assert.equal(meanwhile.by, 'Petra Liepa')
      assert.deepEqual(
        meanwhile.theirs.map(({ field, to }) => [field, to]),
        [['budget', budget]]
      )
      assert.deepEqual(meanwhile.clashes, [])
      const { id } = await callOf(database, code)
      assert.deepEqual((await termsOf(database, id, 3)).terms.contact.name, 'VIAA')

      // Having seen it, she saves both together.
      ok(await saveCall(app, zane, code, { revision: meanwhile.revision, change: meanwhile.merged }))
      const { terms } = await termsOf(database, id, 4)
      assert.deepEqual([terms.budget, terms.contact.name], [budget, 'Zane'])
    }))

  test('the same field in two ways is named as a clash', () =>
    atDesk(async (desk) => {
      const { app, petra, zane } = desk
      const code = await draftCall(desk)
      const titled = (en: string) => ({ title: { lv: 'Nosaukums', en } })
      ok(await saveCall(app, petra, code, { revision: 2, change: titled('A') }))
      const outcome = await saveCall(app, zane, code, { revision: 2, change: titled('B') })
      assert.ok(isRefused(outcome))
      assert.deepEqual((outcome.current as SavedMeanwhile).clashes, ['title.en'])
    }))

  test('forty saves at the same moment: one is kept, the others are told', () =>
    atDesk(async (desk) => {
      const { app, petra, zane } = desk
      const code = await draftCall(desk)
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          saveCall(app, at % 2 ? petra : zane, code, { revision: 2, change: { departure: `Iemesls ${at}` } })
        )
      )
      assert.equal(outcomes.filter((outcome) => !isRefused(outcome)).length, 1)
      assert.ok(outcomes.every((outcome) => !isRefused(outcome) || outcome.refused === 'changed'))
    }))
})

test('a form that is sent twice saves once', () =>
  atDesk(async (desk) => {
    const { app, petra } = desk
    const code = await draftCall(desk)
    const change = { departure: 'Svētki' }
    assert.deepEqual(ok(await saveCall(app, petra, code, { revision: 2, change })), {
      revision: 3,
      unchanged: false
    })
    assert.deepEqual(ok(await saveCall(app, petra, code, { revision: 2, change })), {
      revision: 3,
      unchanged: true
    })
  }))

test('what is in review or published is not written into', () =>
  atDesk(async (desk) => {
    const { app, petra } = desk
    const change = { departure: 'Svētki' }
    const sent = await draftCall(desk)
    ok(await sendForReview(app, petra, sent, 2))
    const inReview = await saveCall(app, petra, sent, { revision: 2, change })
    assert.ok(isRefused(inReview) && inReview.problems[0]?.key === 'calls.not-now.in-review')

    const published = await publishedCall(desk)
    const direct = await saveCall(app, petra, published, { revision: 2, change })
    assert.ok(isRefused(direct) && direct.problems[0]?.key === 'calls.not-now.only-by-corrigendum')
    ok(
      await beginCorrigendum(app, petra, published, {
        reason: { lv: 'Svētku dēļ', en: 'Because of holidays' }
      })
    )
    ok(await saveCall(app, petra, published, { revision: 2, change }))
  }))

test('Sandra of another body is told that there is nothing, Maria that it is for others', () =>
  atDesk(async (desk) => {
    const { app, sandra, maria, nobody } = desk
    const code = await draftCall(desk)
    for (const [caller, reason] of [
      [sandra, 'not-found'],
      [maria, 'not-allowed'],
      [nobody, 'sign-in']
    ] as const) {
      const outcome = await saveCall(app, caller, code, { revision: 2, change: { departure: 'x' } })
      assert.ok(isRefused(outcome) && outcome.refused === reason)
    }
  }))
