import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { type Caller, nobody } from '#shared/identity/index.ts'
import { atWork, directoryIn } from '../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../tests/database.ts'
import { directoryApi } from './api.ts'

type App = Parameters<typeof directoryApi>[0]

/** The API as the shell mounts it, called by somebody. */
async function ask(
  app: App,
  path: string,
  caller: Caller = nobody,
  given?: { method: string; body?: object }
) {
  const api = new Hono<{ Variables: { caller: Caller } }>()
    .use(async (c, next) => {
      c.set('caller', caller)
      return next()
    })
    .route('/', directoryApi(app))
  const answer = await api.request(path, {
    method: given?.method ?? 'GET',
    ...(given?.body && { body: JSON.stringify(given.body) })
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, never> }
}

test('A machine finds the agencies of Latvia for youth, each value with its source', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const { json } = await ask(app, '/directory/bodies?kind=national-agency&country=LV&field=youth')
    const bodies = json.bodies as unknown as { id: string; contacts: { sources: unknown[] }[] }[]
    assert.deepEqual(
      bodies.map(({ id }) => id),
      ['lv-jspa']
    )
    assert.ok(bodies.every(({ contacts }) => contacts.every(({ sources }) => sources.length > 0)))
    assert.equal((await ask(app, '/directory/bodies/nobody')).status, 404)
  }))

test('A machine asks who handles an action; what it leaves out is named', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const { json } = await ask(
      app,
      '/directory/handling?action=small-scale-partnerships&edition=2026&country=LV&field=school'
    )
    const [line] = json.handling as unknown as { handlers: { body: string; mandate: { from: string } }[] }[]
    assert.deepEqual([line?.handlers[0]?.body, line?.handlers[0]?.mandate.from], ['lv-viaa', '2014-01-01'])
    const { status, json: problem } = await ask(app, '/directory/handling?edition=2026')
    assert.equal(status, 422)
    assert.deepEqual(
      (problem.problems as unknown as { path: string }[]).map(({ path }) => path),
      ['action']
    )
  }))

test('Petra’s program books advice and reads the log; what is no JSON and no id is said, not an accident', () =>
  withDatabase(async (database) => {
    const { app, petra, juris, school } = await atWork(database)
    const body = { organisation: school.code, on: '2026-11-20', how: 'call', edition: 2026, topic: 'Budžets' }
    const at = '/directory/bodies/lv-viaa/advice'
    assert.equal((await ask(app, at, petra, { method: 'POST', body })).status, 200)
    const { json } = await ask(app, at, petra)
    assert.equal((json.advice as unknown as unknown[]).length, 1)
    assert.equal((await ask(app, at, juris)).status, 403)
    assert.equal((await ask(app, at)).status, 401)
    const striking = { method: 'POST', body: { because: 'x' } }
    assert.equal((await ask(app, '/directory/advice/no-id/striking', petra, striking)).status, 403)
    assert.equal((await ask(app, '/directory/desk', petra)).status, 200)
  }))
