import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import type { Caller } from '#shared/identity/index.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { budgetApi } from './budget.ts'
import { ownApplicationsApi } from './own-applications.ts'

/** A program of somebody's. */
function programOf({ app }: Consortium, caller: Caller) {
  return new Hono<{ Variables: { caller: Caller } }>()
    .use('*', async (c, next) => (c.set('caller', caller), next()))
    .route('/', ownApplicationsApi(app))
    .route('/', budgetApi(app))
}

test('Maria’s program finds her draft again, Elena’s finds none', () =>
  withConsortium(async (consortium) => {
    const { application, maria, elena } = consortium
    const found = async (caller: Caller) =>
      (await (await programOf(consortium, caller).request('/applications')).json()).applications
    const [own] = await found(maria)
    assert.deepEqual(
      [own.code, own.state, own.participant.id, own.call.open],
      [application.code, 'draft', application.participants[0]!.id, true]
    )
    assert.deepEqual(await found(elena), [])
  }))

test('a cost under a name that no line has is refused, and said, instead of a line without a cost', () =>
  withConsortium(async (consortium) => {
    const { application, maria } = consortium
    const program = programOf(consortium, maria)
    const budget = `/applications/${application.code}/budget`
    const line = { category: 'costs', participant: application.participants[0]!.id, title: 'Lasījumi' }
    const put = (body: object) =>
      program.request(`${budget}/lines/reading1`, { method: 'PUT', body: JSON.stringify(body) })
    const refused = await put({ seen: 0, line: { ...line, cost: 1000_00 } })
    assert.equal(refused.status, 422)
    const { problems } = await refused.json()
    assert.deepEqual(
      problems.map(({ path }: { path: string }) => path),
      ['line.cost']
    )
    assert.deepEqual((await (await program.request(budget)).json()).lines, [])
  }))
