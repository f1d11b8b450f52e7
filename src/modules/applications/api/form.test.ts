import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { formApi } from './form.ts'
import { toldFormExample, toldFormSchema } from './form-schema.ts'
import type { Caller } from '#shared/identity/index.ts'

function asking({ app, application }: Consortium) {
  return async (caller: Caller, query = '') => {
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use('*', async (c, next) => (c.set('caller', caller), next()))
      .route('/', formApi(app))
    const answer = await api.request(`/applications/${application.code}/form${query}`)
    return { status: answer.status, body: await answer.json() }
  }
}

test('Maria’s program is told the form of her draft, in the language that it asks for', () =>
  withConsortium(async (consortium) => {
    const { app, application, maria } = consortium
    const ask = asking(consortium)
    ok(await saveAnswer(app, maria, application.code, 'project.summary', { base: 0, text: 'Lasām.' }))
    const { status, body } = await ask(maria)
    assert.equal(status, 200)
    const form = toldFormSchema.parse(body)
    const summary = form.asked
      .flatMap(({ questions }) => questions)
      .find(({ path }) => path.endsWith('.summary'))
    assert.deepEqual([summary?.answered, summary?.version, summary?.required], [true, 1, true])
    const english = toldFormSchema.parse((await ask(maria, '?language=en')).body)
    assert.notEqual(english.sections[0]!.title, form.sections[0]!.title)
    assert.deepEqual(english.asked, form.asked)
    assert.equal((await ask(maria, '?language=fr')).status, 422)
  }))

test('Jonas’s program hears that his school writes its own part; Elena’s hears of no such draft', () =>
  withConsortium(async (consortium) => {
    const { application, jonas, elena } = consortium
    const ask = asking(consortium)
    const form = toldFormSchema.parse((await ask(jonas)).body)
    const own = application.participants[1]!.id
    for (const { edits, participant } of form.asked) assert.equal(edits, participant === own)
    assert.equal((await ask(elena)).status, 404)
  }))

test('the example of the documentation is such a form', () => {
  assert.deepEqual(toldFormSchema.parse(toldFormExample), toldFormExample)
})
