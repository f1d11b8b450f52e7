import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { atTheDeadline, closes, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { submissionsOf } from '../submission/submissions-store.server.ts'
import { withdrawApplication } from './withdraw-application.ts'

test('Maria withdraws after the deadline; what was handed in is kept, and nothing more can be done with it', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria, jonas, call } = consortium
    const reason = { reason: 'Partneris ir aizgājis.' }
    const early = await withdrawApplication(app, maria, application.code, reason)
    assert.ok(isRefused(early) && early.problems[0]!.key === 'applications-submission.not-now.not-submitted')
    ok(await handIn(consortium, maria))
    await closes(database, call, (await databaseNow(database)).subtract({ seconds: 1 }))
    assert.ok(isRefused(await withdrawApplication(app, jonas, application.code, reason)))
    ok(await withdrawApplication(app, maria, application.code, reason))
    assert.equal((await submissionsOf(database, application.id))[0]!.state, 'withdrawn')
    assert.ok(isRefused(await withdrawApplication(app, maria, application.code, reason)))
    assert.ok(isRefused(await handIn(consortium, maria)))
  }))
