import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Network } from '#shared/outbound/network.ts'
import { askIfLeaked } from './leaked-passwords.server.ts'
import { passwordProblem } from './password-rules.server.ts'

const leaked = 'zaļš ezers vakarā'
const digest = createHash('sha1').update(leaked).digest('hex').toUpperCase()
const here: Network = { resolve: async () => ['127.0.0.1'], allows: () => true, nameServers: undefined }

/** A service that knows one leaked password. */
async function service(answer: (path: string) => [status: number, body: string]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    const [status, body] = answer(request.url!)
    response.writeHead(status).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const warned: object[] = []
  const range = `http://range.example:${(server.address() as AddressInfo).port}/range/`
  const isLeaked = askIfLeaked(range, here, { warn: (facts) => void warned.push(facts) })
  return { isLeaked, asked, warned, stop: () => server.close() }
}

test('a password that leaked is refused, and only five characters of its digest leave the house', async () => {
  const padding = `${'0'.repeat(35)}:0\r\n`
  const { isLeaked, asked, stop } = await service(() => [200, `${padding}${digest.slice(5)}:37\r\n`])
  const problem = (password: string) => passwordProblem('password', password, [], isLeaked)
  assert.equal((await problem(leaked))?.key, 'people.password.leaked')
  assert.equal(await problem('sarkana ābele dārzā'), undefined)
  assert.equal(asked[0], `/range/${digest.slice(0, 5)}`)
  // What is refused anyhow is not asked for.
  await problem('password1234')
  assert.equal(asked.length, 2)
  stop()
})

test('a line of padding is no leak', async () => {
  const { isLeaked, stop } = await service(() => [200, `${digest.slice(5)}:0\r\n`])
  assert.equal(await isLeaked(leaked), false)
  stop()
})

test('a service that fails keeps nobody from choosing a password; the log says so', async () => {
  const { isLeaked, warned, stop } = await service(() => [503, ''])
  assert.equal(await isLeaked(leaked), false)
  assert.deepEqual(warned, [{ why: 503 }])
  stop()
})

test('where no service is named nobody is asked', async () => {
  const isLeaked = askIfLeaked(undefined, here, { warn: () => assert.fail('warned') })
  assert.equal(await isLeaked(leaked), false)
})
