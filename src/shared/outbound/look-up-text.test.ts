import assert from 'node:assert/strict'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { createSocket } from 'node:dgram'
import { after, before, test } from 'node:test'
import dns2 from 'dns2'
import { lookUpText } from './look-up-text.ts'
import { testNetwork } from './network.fixture.ts'

const texts: Record<string, string[]> = {
  'school.test': ['kopa-proof=abc', 'v=spf1 -all'],
  'long.test': ['x'.repeat(600)]
}
let network = testNetwork({})
let close = () => {}

before(async () => {
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = dns2.Packet.createResponseFromRequest(request)
      const [question] = request.questions as { name: string }[]
      const name = question!.name
      if (!texts[name] && name !== 'empty.test') response.header.rcode = 3
      for (const data of texts[name] ?? []) {
        response.answers.push({
          name,
          type: dns2.Packet.TYPE.TXT,
          class: dns2.Packet.CLASS.IN,
          ttl: 1,
          data
        } as never)
      }
      send(response)
    }
  })
  await server.listen({ udp: { port: 0, address: '127.0.0.1' } })
  const { port } = server.addresses().udp as AddressInfo
  network = testNetwork({ nameServers: [`127.0.0.1:${port}`] })
  close = () => void server.close()
})
after(() => close())

test('the proof of a school is found among its TXT records', async () => {
  assert.deepEqual(await lookUpText('school.test', network), { texts: ['kopa-proof=abc', 'v=spf1 -all'] })
})

test('a domain without records has none, and one that is not there is not there', async () => {
  assert.deepEqual(await lookUpText('empty.test', network), { texts: [] })
  assert.deepEqual(await lookUpText('nobody.test', network), { refused: 'no-such-domain' })
  assert.deepEqual(await lookUpText(`${'a'.repeat(70)}.test`, network), { refused: 'no-such-domain' })
})

test('name servers that do not answer are given up', async () => {
  const silent = createSocket('udp4')
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
  const network = testNetwork({ nameServers: [`127.0.0.1:${silent.address().port}`] })
  assert.deepEqual(await lookUpText('school.test', network, { timeoutMs: 100 }), { refused: 'no-answer' })
  silent.close()
  // A port where nobody listens.
  const free = createSocketServer()
  const port = await new Promise<number>((resolve) => {
    free.listen(0, '127.0.0.1', () => resolve((free.address() as AddressInfo).port))
  })
  free.close()
  const nobody = testNetwork({ nameServers: [`127.0.0.1:${port}`] })
  assert.deepEqual(await lookUpText('school.test', nobody, { timeoutMs: 100 }), { refused: 'no-answer' })
})
