import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import type { Caller } from '#shared/identity/index.ts'
import { theProgrammes } from '../../../../tests/cast/calls-at-desk.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { consortiumApi } from './consortium.ts'

test('what comes as broken JSON is refused in words, and what was said before stands', () =>
  consortiumAtWork(async ({ holding, application, jonas }) => {
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use('*', async (c, next) => (c.set('caller', jonas), next()))
      .route('/', consortiumApi({ ...holding, programmes: theProgrammes() }))
    const here = `/applications/${application.code}`
    const facts = `${here}/participants/${application.participants[1]!.id}/facts`
    const put = async (body: string) => api.request(facts, { method: 'PUT', body })
    const detail = async () => {
      const { participants } = await (await api.request(`${here}/consortium`)).json()
      return participants[1].detail
    }
    assert.equal((await put('{"establishedOn": "1998-05-04", "nonProfit": "yes"}')).status, 200)
    const before = await detail()
    for (const body of ['{"establishedOn": "1999-', '["yes"]', 'null']) {
      const refusal = await put(body)
      assert.equal(refusal.status, 422)
      const { problems } = await refusal.json()
      assert.match(problems[0].message.en, body.startsWith('{') ? /JSON/ : /understood/)
    }
    assert.deepEqual(await detail(), before)
  }))
