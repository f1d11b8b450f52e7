import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Hono } from 'hono'
import { programmesApi } from '#mount/programmes/api.ts'
import { loadProgrammes } from '#server/programmes'
import { root } from '../configuration.ts'
import { openApiDocument } from './openapi.ts'

const api = programmesApi({ programmes: loadProgrammes(join(root, 'programmes')) })

test('the OpenAPI document describes every endpoint there is', async () => {
  const mounted = new Hono().route('/api/v1', api)
  const document = await openApiDocument(mounted, '1.0.0')
  assert.equal(document.openapi, '3.1.0')
  const routes = mounted.routes.filter(({ method }) => method !== 'ALL')
  for (const { path, method } of routes) {
    const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')] as
      Record<string, unknown> | undefined
    assert.ok(described?.[method.toLowerCase()], `${method} ${path}`)
  }
})
