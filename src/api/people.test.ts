import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { castOf } from '../../tests/cast/cast.ts'
import { withDatabase } from '../../tests/database.ts'
import { type CallerVariables, callers } from './callers.ts'
import { scopes } from './scopes.ts'
import type { App } from '../app.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { makeToken } from '#mount/people/actions/make-token.ts'
import { peopleApi } from '#mount/people/api.ts'
import { callerOf } from '#mount/people/caller.server.ts'
import { lettersTo } from '#mount/people/people.fixture.ts'
import { endRole } from '#mount/people/roles.server.ts'
import { openSession, sessionCookie } from '#mount/people/sessions.server.ts'
import { digestOf } from '#mount/people/secrets.server.ts'

const own = { 'x-kopa-protocol': 'http', 'x-kopa-host': 'localhost:3000' }

/** The endpoints as they are mounted, with who calls them settled before. */
function endpoints(database: Database) {
  const app = { database, scopes } as App
  const api = new Hono<CallerVariables>().use(callers(app)).route('/api/v1', peopleApi(app))
  return async (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) => {
    const answer = await api.request(`/api/v1/people/${path}`, {
      method,
      headers: { ...own, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as Record<string, any>
    }
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function tokenOf(database: Database, caller: Parameters<typeof makeToken>[1], given: object = {}) {
  const wish = { name: 'Skripts', scopes: ['people:read'], days: 30, ...given }
  const made = await makeToken({ database, scopes }, caller, wish)
  assert.ok(!isRefused(made), JSON.stringify(made))
  return made
}

test('a program that Maria gave a token acts for her, in the role she chose, and is told as whom', () =>
  withDatabase(async (database) => {
    const { maria } = await castOf(database)
    const call = endpoints(database)
    const { token } = await tokenOf(database, maria, { role: maria.acting!.id })
    assert.match(token, /^kopa_[\w-]{43}$/)
    const { status, body, headers } = await call('GET', 'me', bearer(token))
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'private, no-store')
    assert.deepEqual(
      [body.name, body.acting.role, body.scopes],
      ['Maria Ozola', 'representative', ['people:read']]
    )
    const rows = await database.selectFrom('people.token').selectAll().execute()
    assert.ok(rows[0]!.secret_digest.equals(digestOf(token)) && rows[0]!.last_used_at)
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(token))
    assert.ok(
      (await lettersTo(database, 'maria.ozola@example.org')).some(({ kind }) => kind === 'people.token-made')
    )
  }))

test('what the scopes do not say is closed, and the answer says which scope it would take', () =>
  withDatabase(async (database) => {
    const { maria } = await castOf(database)
    const call = endpoints(database)
    const { token, id } = await tokenOf(database, maria)
    const refused = await call('DELETE', `tokens/${id}`, bearer(token))
    assert.equal(refused.status, 403)
    assert.match(refused.body.detail, /people:write/)
    const calls = await tokenOf(database, maria, { scopes: ['calls:read', 'calls:write'] })
    assert.equal((await call('GET', 'me', bearer(calls.token))).status, 403)
  }))

test('a token that was revoked, has expired, whose role ended, or that is none, is not taken for nobody', () =>
  withDatabase(async (database) => {
    const { maria, petra } = await castOf(database)
    const call = endpoints(database)
    const status = async (token: string) => (await call('GET', 'me', bearer(token))).status
    const writing = await tokenOf(database, maria, { scopes: ['people:read', 'people:write'] })
    assert.equal(await status(writing.token), 200)
    assert.equal((await call('DELETE', `tokens/${writing.id}`, bearer(writing.token))).status, 200)
    assert.equal(await status(writing.token), 401)

    const officers = await tokenOf(database, petra, { role: petra.acting!.id })
    assert.equal((await call('GET', 'me', bearer(officers.token))).body.secondFactor, true)
    await endRole(database, petra.acting!.id)
    assert.equal(await status(officers.token), 401)

    const short = await tokenOf(database, maria, { days: 1 })
    await sql`update people.token set expires_at = clock_timestamp() - interval '1 second'`.execute(database)
    assert.equal(await status(short.token), 401)
    for (const none of ['kopa_nothing', 'x', ''])
      assert.equal((await call('GET', 'me', { authorization: `Bearer ${none}` })).status, 401)
    assert.equal((await call('GET', 'me', { authorization: 'Basic YTpi' })).status, 401)
  }))

test('pages take no token', () =>
  withDatabase(async (database) => {
    const { maria } = await castOf(database)
    const { token } = await tokenOf(database, maria)
    assert.equal((await callerOf(database, new Headers(bearer(token)))).person, undefined)
  }))

test('tokens are made by somebody at a browser who proved who they are; never by a token, never by another site', () =>
  withDatabase(async (database) => {
    const { maria } = await castOf(database)
    const call = endpoints(database)
    const { secret } = await openSession(database, maria.person, { secondFactor: false })
    const cookie = `${sessionCookie.plain}=${secret}`
    const wish = { name: 'Skripts', scopes: ['people:read'], days: 30 }
    const json = { 'content-type': 'application/json' }
    const made = await call('POST', 'tokens', { cookie, origin: 'http://localhost:3000', ...json }, wish)
    assert.equal(made.status, 201)
    for (const headers of [
      { cookie, ...json },
      { cookie, origin: 'https://evil.example', ...json },
      { cookie, origin: 'http://localhost:3000', 'content-type': 'text/plain' }
    ]) {
      const { status, body } = await call('POST', 'tokens', headers, wish)
      assert.equal(status, 403)
      assert.match(String(body.detail), /does not come, as JSON, from a page of this site/)
    }
    const { token } = await tokenOf(database, maria, { scopes: ['people:write'] })
    assert.equal((await call('POST', 'tokens', { ...bearer(token), ...json }, wish)).status, 403)
    await sql`update people.session set proved_at = clock_timestamp() - interval '2 hours'`.execute(database)
    const stale = await call('POST', 'tokens', { cookie, origin: 'http://localhost:3000', ...json }, wish)
    assert.deepEqual([stale.status, stale.body.reason], [403, 'proof'])
  }))

test('a wish that cannot be granted says everything that is wrong with it', () =>
  withDatabase(async (database) => {
    const { maria, petra } = await castOf(database)
    const make = async (given: object) => {
      const wish = { name: 'Skripts', scopes: ['people:read'], days: 30, ...given }
      const outcome = await makeToken({ database, scopes }, maria, wish)
      return isRefused(outcome) ? outcome.problems.map(({ field, key }) => `${field} ${key}`).join() : 'made'
    }
    assert.equal(await make({ name: '  ' }), 'name form.missing')
    assert.equal(await make({ name: '🌿 =cmd()\u202e', scopes: 'people:read', days: '7' }), 'made')
    assert.equal(await make({ scopes: [] }), 'scopes people.tokens.no-scope')
    assert.equal(await make({ scopes: ['everything:write'] }), 'scopes.0 form.not-offered')
    assert.equal(await make({ days: 366 }), 'days form.too-large')
    assert.equal(await make({ days: 0 }), 'days form.too-small')
    assert.equal(await make({ role: petra.acting!.id }), 'role form.not-offered')
    const weak = { ...petra, secondFactor: false }
    const officers = await makeToken({ database, scopes }, weak, {
      name: 'x',
      scopes: ['people:read'],
      days: 1,
      role: petra.acting!.id
    })
    assert.ok(isRefused(officers) && officers.refused === 'second-factor')
  }))

test('Maria sees her devices and signs one out; Jonas cannot', () =>
  withDatabase(async (database) => {
    const { maria, jonas } = await castOf(database)
    const call = endpoints(database)
    const hers = await tokenOf(database, maria, { scopes: ['people:read', 'people:write'] })
    const his = await tokenOf(database, jonas, { scopes: ['people:read', 'people:write'] })
    const { sessions } = (await call('GET', 'sessions', bearer(hers.token))).body
    assert.equal(sessions.length, 1)
    const path = `sessions/${sessions[0].id}`
    assert.equal((await call('DELETE', path, bearer(his.token))).status, 404)
    assert.equal((await call('DELETE', path, bearer(hers.token))).status, 200)
    assert.equal((await call('DELETE', path, bearer(hers.token))).status, 404)
    assert.equal((await call('GET', 'me')).status, 401)
  }))
