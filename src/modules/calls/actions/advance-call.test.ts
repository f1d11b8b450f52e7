import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ahead, atDesk, callOf, draftCall, ok, publishedCall } from '../../../../tests/cast/calls-at-desk.ts'
import { stateNow } from '../review.server.ts'
import { advanceCall } from './advance-call.ts'
import { beginCorrigendum } from './begin-corrigendum.ts'
import { publishCall } from './publish-call.ts'
import { saveCall } from './save-call.ts'
import { sendForReview } from './send-for-review.ts'

/** Lets the deadline pass: no test waits for it. */
async function close(desk: Parameters<Parameters<typeof atDesk>[0]>[0], code: string) {
  await desk.database
    .updateTable('calls.call')
    .set({ opens_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z' })
    .where('code', '=', code)
    .execute()
}

test('after the deadline a call goes into assessment, is decided, and put away; pressed twice, once', () =>
  atDesk(async (desk) => {
    const { app, database, petra } = desk
    const code = await publishedCall(desk)
    assert.equal(await stateNow(database, await callOf(database, code)), 'open')
    const early = await advanceCall(app, petra, code, 'assessment-begun')
    assert.ok(isRefused(early) && early.problems[0]?.key === 'calls.not-now.assessment-begun')
    await close(desk, code)
    assert.equal(await stateNow(database, await callOf(database, code)), 'closed')
    for (const step of ['assessment-begun', 'assessment-begun', 'decided', 'archived', 'archived'] as const) {
      ok(await advanceCall(app, petra, code, step))
    }
    assert.equal((await callOf(database, code)).stage, 'archived')
  }))

test('a closed call may be opened again for all by a longer deadline, until assessment begins', () =>
  atDesk(async (desk) => {
    const { app, database, petra, zane } = desk
    const code = await publishedCall(desk)
    await close(desk, code)
    ok(
      await beginCorrigendum(app, petra, code, {
        reason: { lv: 'Pieteikšanās sistēma nebija pieejama.', en: 'The system was down.' }
      })
    )
    ok(
      await saveCall(app, petra, code, {
        revision: 2,
        change: { opens: { day: '2026-01-01', hour: '01:00' }, deadline: ahead(90) }
      })
    )
    const started = await advanceCall(app, petra, code, 'assessment-begun')
    assert.ok(isRefused(started) && started.problems[0]?.key === 'calls.not-now.corrigendum-open')
    ok(await sendForReview(app, petra, code, 3))
    ok(await publishCall(app, zane, code, 3))
    assert.equal(await stateNow(database, await callOf(database, code)), 'open')
  }))

test('a draft that leads nowhere is put away and stays unseen', () =>
  atDesk(async (desk) => {
    const { app, database, petra } = desk
    const code = await draftCall(desk)
    ok(await advanceCall(app, petra, code, 'archived'))
    const { stage, publishedRevision } = await callOf(database, code)
    assert.deepEqual([stage, publishedRevision], ['archived', null])
  }))
