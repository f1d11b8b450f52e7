import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Hono } from 'hono'
import { pdfOf } from '#shared/files/files.fixture.ts'
import type { Caller } from '#shared/identity/index.ts'
import { theProgrammes } from '../../../../tests/cast/calls-at-desk.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { clonesApi } from './clones.ts'
import { filesApi } from './files.ts'

test('Maria’s program gives a file, Jonas’s reads it, hers takes it out; Elena’s finds none and gives none', () =>
  consortiumAtWork(async ({ app, holding, application, maria, jonas, elena }) => {
    const asking = (caller: Caller) => {
      const api = new Hono<{ Variables: { caller: Caller } }>()
        .use('*', async (c, next) => (c.set('caller', caller), next()))
        .route('/', filesApi({ ...app, ...holding, programmes: theProgrammes() }))
      return (method: string, query = '', body?: Uint8Array<ArrayBuffer>) =>
        api.request(`/applications/${application.code}/files/annexes.other${query}`, {
          method,
          ...(body && { body })
        })
    }
    const pdf = Uint8Array.from(pdfOf(3))
    const give = '?base=0&name=Laika%20grafiks.pdf'
    assert.equal((await asking(elena)('PUT', give, pdf)).status, 404)
    const refusal = await asking(maria)('PUT', give, Uint8Array.from(Buffer.from('nothing')))
    const { problems } = (await refusal.json()) as { problems: { message: { lv: string } }[] }
    assert.equal(refusal.status, 422)
    assert.match(problems[0]!.message.lv, /PDF/)

    const given = await asking(maria)('PUT', give, pdf)
    assert.equal(given.status, 200)
    const { version } = (await given.json()) as { version: number }
    const answer = await asking(jonas)('GET')
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), pdf)
    assert.match(answer.headers.get('content-disposition')!, /Laika/)
    assert.equal((await asking(elena)('GET')).status, 404)

    assert.equal((await asking(maria)('DELETE', '?base=0')).status, 409)
    assert.equal((await asking(maria)('DELETE', `?base=${version}`)).status, 200)
    assert.equal((await asking(jonas)('GET')).status, 404)
  }))

test('Maria’s program begins again with an earlier application, once for one key', () =>
  consortiumAtWork(async ({ app, application, call, places, maria }) => {
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use('*', async (c, next) => (c.set('caller', maria), next()))
      .route('/', clonesApi(app))
    const key = randomUUID()
    const clone = async (headers: Record<string, string>) =>
      api.request(`/applications/${application.code}/clones`, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'lv' },
          ...{ organisation: places.mariasSchool, title: 'Lasīšanas tilti 2' }
        })
      })
    const first = await clone({ 'idempotency-key': key })
    assert.equal(first.status, 201)
    assert.deepEqual(await (await clone({ 'idempotency-key': key })).json(), await first.json())
    assert.equal((await clone({ 'idempotency-key': 'mine' })).status, 422)
  }))
