import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { Caller } from '#shared/identity/index.ts'
import {
  ahead,
  atDesk,
  body,
  completeTerms,
  type DeskAtWork,
  draftCall,
  edition,
  ok,
  publishedCall
} from '../../../tests/cast/calls-at-desk.ts'
import { followCalls } from './actions/follow-calls.ts'
import { callsApi } from './api.ts'
import { callSchema, callsSchema, deskSchema } from './api-schemas.ts'

/** Asks the endpoints as somebody. */
function doorOf({ app }: Pick<DeskAtWork, 'app'>) {
  return async (
    caller: Caller,
    method: string,
    path: string,
    given?: unknown,
    headers: Record<string, string> = {}
  ) => {
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use((c, next) => {
        c.set('caller', caller)
        return next()
      })
      .route('/', callsApi(app))
    const answer = await api.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(given === undefined ? {} : { body: typeof given === 'string' ? given : JSON.stringify(given) })
    })
    return { status: answer.status, json: (await answer.json()) as Record<string, any> }
  }
}

suite('a machine reads calls', () => {
  test('a list that keeps to its schema, narrowed by the query', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      const code = await publishedCall(desk)
      const all = await ask(desk.nobody, 'GET', '/calls')
      assert.equal(all.status, 200)
      callsSchema.parse(all.json)
      assert.deepEqual(
        all.json.calls.map((call: { code: string }) => call.code),
        [code]
      )
      const none = await ask(desk.nobody, 'GET', '/calls?field=sport')
      assert.deepEqual(none.json.calls, [])
    }))

  test('who asks is asked of the rules: a school of Latvia may, one of the moon may not', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      await publishedCall(desk)
      assert.equal((await ask(desk.nobody, 'GET', '/calls?from=LV&type=school')).json.count, 1)
      assert.equal((await ask(desk.nobody, 'GET', '/calls?from=BY')).json.count, 0)
    }))

  test('one call, whole; a draft is nothing to anybody else', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      const code = await publishedCall(desk)
      const shown = await ask(desk.nobody, 'GET', `/calls/${code}`)
      callSchema.parse(shown.json)
      assert.equal(shown.json.terms.title.en, 'Cooperation partnerships for schools')
      assert.equal(shown.json.drafts, 0)
      const draft = await draftCall(desk)
      for (const [caller, status] of [
        [desk.nobody, 401],
        [desk.maria, 403],
        [desk.sandra, 404],
        [desk.zane, 200]
      ] as const) {
        assert.equal((await ask(desk.nobody, 'GET', `/calls/${draft}`)).status, 404)
        assert.equal((await ask(caller, 'GET', `/calls/${draft}/desk`)).status, status)
      }
    }))
})

suite('a machine writes for an officer', () => {
  test('from the first line to a corrigendum', () =>
    atDesk(async (desk) => {
      const { petra, zane } = desk
      const ask = doorOf(desk)
      const key = { 'idempotency-key': randomUUID() }
      const begun = await ask(petra, 'POST', '/calls', { body, edition, kind: 'proposals' }, key)
      assert.equal(begun.status, 201)
      const again = await ask(petra, 'POST', '/calls', { body, edition, kind: 'proposals' }, key)
      assert.deepEqual(again.json, begun.json)
      const path = `/calls/${begun.json.code}`
      const early = await ask(petra, 'POST', `${path}/review`, { revision: 1 })
      assert.equal(early.status, 422)
      assert.ok(early.json.problems.some((problem: { path: string }) => problem.path === 'title.lv'))
      const saved = await ask(petra, 'PATCH', path, { revision: 1, change: completeTerms() })
      assert.deepEqual(saved.json, { revision: 2, unchanged: false })
      const desk2 = await ask(zane, 'GET', `${path}/desk`)
      deskSchema.parse(desk2.json)
      assert.deepEqual(desk2.json.problems, [])
      assert.equal((await ask(petra, 'POST', `${path}/review`, { revision: 2 })).status, 200)
      assert.equal((await ask(petra, 'POST', `${path}/publication`, { revision: 2 })).status, 409)
      assert.equal((await ask(zane, 'POST', `${path}/publication`, { revision: 2 })).status, 200)
      assert.equal(
        (
          await ask(petra, 'POST', `${path}/corrigendum`, {
            reason: { lv: 'Pagarinām', en: 'We extend it' }
          })
        ).status,
        200
      )
      const change = { deadline: ahead(70) }
      assert.equal((await ask(petra, 'PATCH', path, { revision: 2, change })).status, 200)
      assert.equal((await ask(petra, 'POST', `${path}/review`, { revision: 3 })).status, 200)
      const published = await ask(zane, 'POST', `${path}/publication`, { revision: 3 })
      assert.equal(published.json.corrigendum, 1)
    }))

  test('what somebody saved meanwhile comes with the refusal', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      const code = await draftCall(desk)
      const path = `/calls/${code}`
      await ask(desk.petra, 'PATCH', path, { revision: 2, change: { departure: 'Viens' } })
      const second = await ask(desk.zane, 'PATCH', path, { revision: 2, change: { departure: 'Divi' } })
      assert.equal(second.status, 409)
      assert.deepEqual(second.json.current.clashes, ['departure'])
      assert.equal(second.json.current.by, 'Petra Liepa')
    }))

  test('whatever is wrong in what it sends is told with its path, and nothing is stored', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      const code = await draftCall(desk)
      for (const [change, path] of [
        [{ title: { lv: 'x'.repeat(201) } }, 'change.title.lv'],
        [{ title: { '<b>': 'x' } }, 'change.title.<b>'],
        [{ deadline: { day: '2027-02-30', hour: '12:00' } }, 'change.deadline.day'],
        [{ deadline: { day: '2027-02-03', hour: '25:00' } }, 'change.deadline.hour'],
        [{ budget: { cents: 1.5, splits: [] } }, 'change.budget.cents'],
        [{ budget: { cents: -1, splits: [] } }, 'change.budget.cents'],
        [{ contact: { name: '', email: 'not an address', phone: '', page: '' } }, 'change.contact.email'],
        [{ contact: { name: '', email: '', phone: '', page: 'javascript:alert(1)' } }, 'change.contact.page'],
        [
          { documents: [{ title: 'a', language: '', address: 'file:///etc/passwd' }] },
          'change.documents.0.address'
        ],
        [{ actions: [{ action: 'x', fields: ['astrology'] }] }, 'change.actions.0.fields.0'],
        [{ rules: 7 }, 'change.rules']
      ] as const) {
        const answer = await ask(desk.petra, 'PATCH', `/calls/${code}`, { revision: 2, change })
        assert.equal(answer.status, 422, JSON.stringify(change))
        assert.equal(answer.json.problems[0].path, path)
      }
      for (const given of ['{', '[]', 'null', '"x"', { revision: '2', change: {} }]) {
        assert.equal((await ask(desk.petra, 'PATCH', `/calls/${code}`, given)).status, 422)
      }
      const { json } = await ask(desk.petra, 'GET', `/calls/${code}/desk`)
      assert.equal(json.revision, 2)
    }))

  test('marks of direction and odd spaces are put right, emoji and other alphabets stay', () =>
    atDesk(async (desk) => {
      const ask = doorOf(desk)
      const code = await draftCall(desk)
      const title = { lv: ' Skolas\u202e  un\u200b bērni 🎈 ', en: 'Школы' }
      await ask(desk.petra, 'PATCH', `/calls/${code}`, { revision: 2, change: { title } })
      const { json } = await ask(desk.petra, 'GET', `/calls/${code}/desk`)
      assert.deepEqual(json.terms.title, { lv: 'Skolas un bērni 🎈', en: 'Школы' })
    }))
})

test('the button of a mail program stops the mails without signing in, and tells nothing', () =>
  atDesk(async (desk) => {
    const ask = doorOf(desk)
    ok(await followCalls(desk.app, desk.maria, { call: await publishedCall(desk) }))
    const { key } = await desk.database.selectFrom('calls.watch').select('key').executeTakeFirstOrThrow()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const known of [key, randomUUID(), 'nonsense']) {
      const answer = await ask(
        desk.nobody,
        'POST',
        `/calls/watches/${known}/stop`,
        'List-Unsubscribe=One-Click',
        form
      )
      assert.deepEqual([answer.status, answer.json], [200, { stopped: true }])
    }
    assert.deepEqual(await desk.database.selectFrom('calls.watch').select('id').execute(), [])
  }))

test('the OpenAPI document describes every endpoint of calls', () =>
  atDesk(async ({ app }) => {
    const mounted = new Hono().route('/api/v1', callsApi(app))
    const document = await generateSpecs(mounted)
    for (const { path, method } of mounted.routes.filter((route) => route.method !== 'ALL')) {
      const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')] as
        Record<string, unknown> | undefined
      assert.ok(described?.[method.toLowerCase()], `${method} ${path}`)
    }
  }))
