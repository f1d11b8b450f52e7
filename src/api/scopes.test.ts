import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import type { App } from '../app.ts'
import { createApi } from './api.ts'
import { moduleOfSegment, scopeOf, scopes } from './scopes.ts'

test('every endpoint asks a token for a scope that people can give', () => {
  // Endpoints are mounted without asking anything of the app.
  const routes = createApi({} as App).routes.filter(
    ({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/')
  )
  assert.ok(routes.length > 10)
  for (const { method, path } of routes) {
    const scope = scopeOf(method, path)
    assert.ok(scope && scopes.includes(scope), `${method} ${path}: add its first part to src/api/scopes.ts`)
  }
})

test('every module that a token can be limited to has its words', () => {
  for (const module of new Set(Object.values(moduleOfSegment))) {
    for (const language of ['lv', 'en'] as const) {
      const said = texts(language)(`people.tokens.module.${module}` as 'people.tokens.module.people')
      assert.ok(said.length > 2, `${language}: people.tokens.module.${module}`)
    }
  }
})

test('reading and writing are told apart, and what is no endpoint opens to no token', () => {
  assert.equal(scopeOf('GET', '/api/v1/organisations/E1'), 'organisations:read')
  assert.equal(scopeOf('HEAD', '/api/v1/organisations/E1'), 'organisations:read')
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    assert.equal(scopeOf(method, '/api/v1/organisations'), 'organisations:write')
  for (const path of ['/api/v1/constructor', '/api/v1/', '/api/openapi.json', '/api/v2/people/me'])
    assert.equal(scopeOf('GET', path), undefined)
})
