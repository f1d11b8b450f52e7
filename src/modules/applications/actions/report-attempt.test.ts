import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { atTheDeadline, closes, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { noteAttempt, storeAttempts } from '../submission/attempts.server.ts'
import { applicationsOfCall, submittedContent, verifyReceipt } from '../submission/reads.ts'
import { contentOf } from '../submission/frozen-content.server.ts'
import { submissionsOf } from '../submission/submissions-store.server.ts'
import { reportAttempt } from './report-attempt.ts'

test('Petra sees who was kept out by the system, apart from what people claim, and one extension for all', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria, elena, petra, sandra, call } = consortium
    const now = await databaseNow(database)
    await closes(database, call, now.subtract({ seconds: 2 }))
    noteAttempt(app, {
      ...{
        application: application.code,
        by: maria.person,
        what: 'submit',
        outcome: 'failed',
        why: 'failed'
      },
      at: { at: now.subtract({ minutes: 5 }), error: 1 }
    })
    await storeAttempts(app)
    const claim = {
      what: 'submit' as const,
      at: now.subtract({ minutes: 9 }),
      why: 'offline',
      form: randomUUID()
    }
    ok(await reportAttempt(app, maria, application.code, claim))
    ok(await reportAttempt(app, maria, application.code, claim))
    const entries = await database
      .selectFrom('audit.entry')
      .select('id')
      .where('act', '=', 'applications.attempt-claimed')
      .execute()
    assert.equal(entries.length, 1)
    const stranger = await reportAttempt(app, elena, application.code, { ...claim, form: randomUUID() })
    assert.equal(isRefused(stranger) && stranger.refused, 'not-found')
    const desk = ok(await applicationsOfCall(app, petra, call))
    assert.deepEqual([desk.late.attempts.length, desk.late.claims.length], [1, 1])
    const [harmed] = desk.late.harmed
    assert.ok(!JSON.stringify(desk.late).includes(application.title), 'of drafts nobody reads the title')
    assert.deepEqual([harmed!.code, harmed!.failed, harmed!.submitted], [application.code, 1, false])
    assert.ok(harmed!.milliseconds > 4.5 * 60_000 && harmed!.milliseconds < 5.5 * 60_000)
    assert.ok(desk.late.proposed)
    assert.ok(isRefused(await applicationsOfCall(app, sandra, call)))
    assert.ok(isRefused(await applicationsOfCall(app, maria, call)))
  }))

test('officers count while a call is open, and read once it has closed; drafts they never read', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria, petra, call } = consortium
    assert.deepEqual(ok(await applicationsOfCall(app, petra, call)).counts, {
      ...{ drafts: 1, submitted: 0, withdrawn: 0 }
    })
    const { number } = ok(await handIn(consortium, maria))
    const desk = ok(await applicationsOfCall(app, petra, call))
    assert.deepEqual([desk.counts.drafts, desk.counts.submitted], [0, 1])
    assert.deepEqual(
      desk.submissions.map((one) => [one.number, one.coordinator, one.participants]),
      [[1, 'Mārupes pamatskola', 3]]
    )
    // What is handed in is listed as it was, whatever becomes of the draft.
    await database.updateTable('applications.application').set({ title: 'Melnraksts' }).execute()
    assert.equal(ok(await applicationsOfCall(app, petra, call)).submissions[0]!.title, 'Lasīšanas tilti')
    const early = await submittedContent(app, petra, { call, number })
    assert.ok(isRefused(early) && early.refused === 'not-now')
    await closes(database, call, (await databaseNow(database)).subtract({ seconds: 1 }))
    assert.equal(ok(await submittedContent(app, petra, { call, number })).content.title, 'Lasīšanas tilti')
    assert.ok(isRefused(await submittedContent(app, maria, { call, number })))
  }))

test('anybody finds out whether a receipt is genuine, and whether a content belongs to it', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria, application } = consortium
    const receipt = ok(await handIn(consortium, maria))
    const [submission] = await submissionsOf(database, application.id)
    const content = JSON.parse(JSON.stringify(await contentOf(database, submission!.id))) as object
    const brought = JSON.parse(JSON.stringify(receipt)) as typeof receipt
    const asked = async (receiptBrought: unknown, contentBrought?: unknown) => {
      const verified = await verifyReceipt(app, {
        ...{ receipt: receiptBrought, content: contentBrought, from: '192.0.2.7' }
      })
      if (isRefused(verified)) return [verified.refused]
      return [verified.receipt, verified.content]
    }
    assert.deepEqual(await asked(brought, content), ['genuine', 'the-same'])
    assert.deepEqual(await asked(brought, { ...content, title: 'Cits' }), ['genuine', 'another'])
    assert.deepEqual(await asked({ ...brought, title: 'Cits' }), ['not-ours', undefined])
    assert.deepEqual(await asked({ ...brought, call: 'a\0' }), ['not-ours', undefined])
    assert.deepEqual(await asked({ ...brought, title: '\0' }), ['not-ours', undefined])
    await closes(database, brought.call, (await databaseNow(database)).subtract({ seconds: 1 }))
    assert.deepEqual(await asked({ ...brought, title: 'Cits' }), ['changed', undefined])
    assert.deepEqual(await asked({ ...brought, number: 7 }, content), ['not-ours', 'another'])
    assert.deepEqual(await asked({ receipt: 1 }, []), ['not-a-receipt', 'not-content'])
    assert.deepEqual(await asked(null, null), ['not-a-receipt', 'not-content'])
    const many = []
    for (let at = 0; at < 70; at++) many.push(...(await asked(brought)))
    assert.equal(many.at(-1), 'too-often')
  }))

test('a name that is none is refused, and an attempt that cannot be stored silences no other', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    const at = { at: await databaseNow(database), error: 1 }
    const attempt = { by: maria.person, what: 'submit', outcome: 'failed', why: 'failed', at } as const
    const odd = await handIn(consortium, maria, { code: `${application.code}\0` })
    assert.equal(isRefused(odd) && odd.refused, 'not-found')
    noteAttempt(app, { ...attempt, application: `${application.code}\0` })
    noteAttempt(app, { ...attempt, application: application.code, why: 'failed\0' })
    noteAttempt(app, { ...attempt, application: application.code })
    noteAttempt(app, { ...attempt, application: application.id })
    await storeAttempts(app)
    const stored = await database.selectFrom('applications.attempt').selectAll().execute()
    assert.deepEqual(
      stored.map((one) => [one.application, one.why]),
      [
        [application.id, 'failed'],
        [application.id, 'failed']
      ]
    )
  }))
