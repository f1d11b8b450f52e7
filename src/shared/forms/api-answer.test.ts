import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { keepPrivate, reply } from './api-answer.ts'
import { refused } from './refused.ts'

const api = new Hono()
  .use(async (c, next) => {
    keepPrivate(c)
    await next()
  })
  .put('/', (c) => reply(c, { said: 'Lasām kopā.' }, 201))
  .get('/', (c) => reply(c, { said: 'Lasām kopā.' }))
  .get('/open', (c) => {
    c.header('cache-control', 'public')
    return reply(c, { said: 'Lasām kopā.' })
  })
  .put('/refused', (c) => reply(c, refused('not-allowed')))

test('a machine is told the same over the network as in the process, and nobody in between keeps it', async () => {
  const server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    for (const [method, path, status, kept] of [
      ['PUT', '/', 201, 'private, no-store'],
      ['GET', '/', 200, 'private, no-store'],
      ['HEAD', '/', 200, 'private, no-store'],
      ['GET', '/open', 200, 'public'],
      ['PUT', '/refused', 403, 'no-store']
    ] as const) {
      const [far, near] = [await fetch(`${origin}${path}`, { method }), await api.request(path, { method })]
      assert.deepEqual([far.status, near.status], [status, status], `${method} ${path}`)
      assert.equal(far.headers.get('content-type'), near.headers.get('content-type'))
      assert.deepEqual(
        [far.headers.get('cache-control'), near.headers.get('cache-control')],
        [kept, kept],
        `${method} ${path}`
      )
      assert.equal(await far.text(), await near.text())
    }
  } finally {
    server.close()
  }
})
