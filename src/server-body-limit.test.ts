import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { limitBody } from './server-body-limit.ts'

test('whoever announces ten megabytes hears at once that it is too long, and can send on', async () => {
  const app = new Hono().put('/answer', limitBody, (c) => c.json({}))
  const server = createAdaptorServer({ fetch: app.fetch }).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `PUT /answer HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10000000\r\n\r\n${'x'.repeat(1000)}`
    )
    const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(30_000) })) as [Buffer]
    assert.match(String(answer), /^HTTP\/1.1 413 /)
    socket.destroy()
    // A browser, which sends all of it, is not cut off.
    for (const body of ['x'.repeat(10_000_000), 'x'.repeat(1_200_000)]) {
      const refusal = await fetch(`http://127.0.0.1:${port}/answer`, { method: 'PUT', body })
      assert.equal(refusal.status, 413)
      const { problems } = (await refusal.json()) as { problems: { message: { lv: string } }[] }
      assert.match(problems[0]!.message.lv, /ierakstītais paliek/)
    }
  } finally {
    server.close()
  }
})

test('a file of an application is read as it comes, by its own measure', async () => {
  const put = (path: string) =>
    new Hono()
      .put('*', limitBody, async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }))
      .request(path, {
        method: 'PUT',
        headers: { 'content-length': '3000000' },
        body: new Uint8Array(3_000_000)
      })
  const file = await put('/api/v1/applications/2026-lv-viaa-2-2abfv/files/annexes.other')
  assert.deepEqual(await file.json(), { bytes: 3_000_000 })
  assert.equal((await put('/api/v1/applications/2026-lv-viaa-2-2abfv/answers/annexes.other')).status, 413)
})
