import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import type { z } from 'zod'
import type { Caller } from '#shared/identity/index.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { suggestChange } from '../actions/suggest-change.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { giveTask } from '../actions/give-task.ts'
import { writeComment } from '../actions/write-comment.ts'
import * as schemas from './answered.ts'
import { answersApi } from './answers.ts'
import { budgetApi } from './budget.ts'
import { consortiumApi } from './consortium.ts'
import { discussionApi } from './discussion.ts'
import { submissionApi } from './submission.ts'

test('what Maria’s program is answered is what the document says, no field more or less', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria, jonas } = consortium
    const { code } = application
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use('*', async (c, next) => (c.set('caller', maria), next()))
      .route('/', answersApi(app))
      .route('/', budgetApi(app))
      .route('/', consortiumApi(app))
      .route('/', discussionApi(app))
      .route('/', submissionApi(app))
    const answered = async (schema: z.ZodType, path: string, init?: RequestInit) => {
      const answer = await api.request(`/applications/${code}/${path}`, init)
      const body: unknown = await answer.json()
      assert.ok(answer.ok, `${path}: ${JSON.stringify(body)}`)
      // What the schema does not know it leaves out.
      assert.deepEqual(schema.parse(body), body, path)
    }
    ok(await handIn(consortium, maria))
    await answered(schemas.receiptSchema, 'submission')
    await answered(schemas.finalCheckSchema, 'final-check')
    ok(await takeBackApplication(app, maria, code))

    const path = 'project.summary'
    const save = { method: 'PUT', body: JSON.stringify({ base: 0, text: 'Lasām.' }) }
    const { version } = (await (await api.request(`/applications/${code}/answers/${path}`)).json()) as {
      version: number
    }
    const next = { ...save, body: JSON.stringify({ base: version, text: 'Lasām kopā.' }) }
    await answered(schemas.savedSchema, `answers/${path}`, next)
    await answered(schemas.fieldSchema, `answers/${path}?since=${version}`)
    await answered(schemas.spansSchema, `answers/${path}/history`)

    const quote = { text: 'Lasām', from: 0, to: 5, version: version + 1 }
    ok(await writeComment(app, jonas, code, { path, text: 'Ko?', quote, mentions: [maria.person!] }))
    ok(await suggestChange(app, jonas, code, { path, base: version + 1, text: 'Lasām skaļi.' }))
    ok(await giveTask(app, maria, code, { path, person: jonas.person! }))
    await answered(schemas.discussionSchema, 'discussion')
    await answered(schemas.colleaguesSchema, 'colleagues')

    await answered(schemas.consortiumSchema, 'consortium')
    await answered(schemas.draftCheckSchema, 'check')
    await answered(schemas.budgetSchema, 'budget')
  }))
