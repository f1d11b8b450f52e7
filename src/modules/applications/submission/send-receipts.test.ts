import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { sendReceipts } from './send-receipts.server.ts'

test('who represents a participant gets one receipt of each submission, in their language, with its number', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    const first = ok(await handIn(consortium, maria))
    const [told] = await Promise.all([sendReceipts(database), sendReceipts(database)])
    assert.ok(told <= 1)
    assert.equal(await sendReceipts(database), 0)
    ok(await takeBackApplication(app, maria, application.code))
    const second = ok(await handIn(consortium, maria))
    assert.equal(await sendReceipts(database), 1)
    const mails = await database
      .selectFrom('mail.message')
      .select(['person', 'language', 'subject', 'content'])
      .where('kind', '=', 'applications.receipt')
      .where('person', '=', maria.person)
      .orderBy('id')
      .execute()
    assert.equal(mails.length, 2)
    for (const [at, { sha256 }] of [first, second].entries())
      assert.ok(JSON.stringify(mails[at]!.content).includes(sha256))
  }))
