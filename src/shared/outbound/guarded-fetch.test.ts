import assert from 'node:assert/strict'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { type AddressInfo, type Socket, createServer as createSocketServer } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { guardedFetch } from './guarded-fetch.ts'
import { testNetwork } from './network.fixture.ts'

const closing: (() => void)[] = []
after(() => closing.forEach((close) => close()))

/** A server on this machine, reached as http://good.test:PORT. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    answer(request, response)
  })
  const port = await listening(server)
  closing.push(() => server.close().closeAllConnections())
  const network = testNetwork({
    hosts: { 'good.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] },
    ports: [port]
  })
  return { port, seen, network, url: `http://good.test:${port}/` }
}

function listening(server: {
  listen: (port: number, host: string, done: () => void) => unknown
  address: () => unknown
}) {
  return new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

const order = { purpose: 'test' }

test('an answer comes with status, headers, address and unpacked body', async () => {
  const { url, network, seen } = await serve((_request, response) => {
    response.writeHead(404, { 'content-encoding': 'gzip', 'x-one': 'first', 'set-cookie': ['a=1', 'b=2'] })
    response.end(gzipSync('Nothing here'))
  })
  const answer = await guardedFetch(
    `${url}page?x=1#part`,
    { ...order, headers: { accept: 'text/html' } },
    network
  )
  assert.ok('status' in answer)
  assert.deepEqual([answer.status, answer.url, answer.headers['x-one']], [404, `${url}page?x=1`, 'first'])
  assert.equal(Buffer.from(answer.body).toString(), 'Nothing here')
  assert.equal(seen[0]!.headers['user-agent'], 'Kopa (test)')
  assert.equal(seen[0]!.headers.accept, 'text/html')
  assert.equal(seen[0]!.headers.host, url.slice('http://'.length, -1))
})

test('something can be sent, and is not sent on elsewhere', async () => {
  const { url, network, seen } = await serve((request, response) => {
    if (request.url === '/elsewhere') return void response.writeHead(307, { location: '/' }).end()
    request.pipe(response)
  })
  const echo = await guardedFetch(url, { ...order, method: 'POST', body: '{"a":1}' }, network)
  assert.ok('status' in echo)
  assert.equal(Buffer.from(echo.body).toString(), '{"a":1}')
  const moved = await guardedFetch(`${url}elsewhere`, { ...order, method: 'POST', body: 'secret' }, network)
  assert.deepEqual(moved, { refused: 'redirected', url: `${url}elsewhere` })
  assert.equal(seen.length, 2)
})

test('redirects are followed three times, and headers stay with the origin they were for', async () => {
  const { url, port, network, seen } = await serve((request, response) => {
    const left = Number(request.url!.slice(1))
    if (left > 0) response.writeHead(302, { location: `http://other.test:${port}/${left - 1}` }).end()
    else response.end('here')
  })
  const token = { authorization: 'Bearer secret' }
  const three = await guardedFetch(`${url}3`, { ...order, headers: token }, network)
  assert.ok('status' in three && three.url === `http://other.test:${port}/0`)
  assert.deepEqual(
    seen.map(({ headers }) => headers.authorization),
    ['Bearer secret', undefined, undefined, undefined]
  )
  assert.deepEqual(await guardedFetch(`${url}4`, order, network), {
    refused: 'too-many-redirects',
    url: `http://other.test:${port}/1`
  })
  const none = await guardedFetch(`${url}1`, { ...order, maxRedirects: 0 }, network)
  assert.deepEqual(none, { refused: 'too-many-redirects', url: `${url}1` })
})

test('a redirect to an address inside is refused, and nobody is asked there', async () => {
  const inside = await serve((_request, response) => response.end('secret'))
  const targets = {
    [`http://127.0.0.1:${inside.port}/`]: 'not-public',
    'http://169.254.169.254/latest/': 'not-public',
    'http://[::1]/': 'not-public',
    'http://inside.test/': 'not-public',
    'file:///etc/passwd': 'not-an-address',
    'http://user:secret@good.test/': 'with-password'
  }
  let target = ''
  const outside = await serve((_request, response) => response.writeHead(302, { location: target }).end())
  const network = testNetwork({
    hosts: { 'good.test': ['127.0.0.1'], 'inside.test': ['10.0.0.7'] },
    ports: [outside.port]
  })
  for (const [address, refused] of Object.entries(targets)) {
    target = address
    const answer = await guardedFetch(outside.url, order, network)
    assert.ok('refused' in answer && answer.refused === refused, address)
  }
  assert.equal(inside.seen.length, 0)
})

test('a name that leads outside when asked and inside when used gains nothing', async () => {
  const { port, seen } = await serve((_request, response) => response.end('secret'))
  let asked = 0
  const rebinding = {
    // Public the first time, this machine every later time.
    resolve: async () => [asked++ === 0 ? '192.0.2.1' : '127.0.0.1'],
    allows: (address: string) => address === '192.0.2.1',
    nameServers: undefined
  }
  const answer = await guardedFetch(`http://rebinding.test:${port}/`, { ...order, timeoutMs: 300 }, rebinding)
  assert.ok('refused' in answer)
  assert.deepEqual([asked, seen.length], [1, 0])
  // A public and a private address together are refused as a whole.
  const both = testNetwork({ hosts: { 'both.test': ['127.0.0.1', '10.0.0.1'] }, ports: [port] })
  assert.deepEqual(await guardedFetch(`http://both.test:${port}/`, order, both), {
    refused: 'not-public',
    url: `http://both.test:${port}/`
  })
  assert.equal(seen.length, 0)
})

test('a body without end is cut off at the limit', async () => {
  let sent = 0
  const { url, network } = await serve((_request, response) => {
    const part = Buffer.alloc(10_000)
    const more = () => {
      while (!response.destroyed && response.write(part)) sent += part.length
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  const answer = await guardedFetch(url, { ...order, maxBytes: 50_000 }, network)
  assert.deepEqual(answer, { refused: 'too-large', url })
  assert.ok(sent < 20_000_000)
})

test('a body that announces too much is not read at all', async () => {
  const { url, network } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '2000000' }).write('x')
  })
  assert.deepEqual(await guardedFetch(url, order, network), { refused: 'too-large', url })
})

test('a small body that unpacks to a large one is refused before it grows', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  assert.ok(bomb.length < 200_000)
  const { url, network } = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  const before = process.memoryUsage().rss
  assert.deepEqual(await guardedFetch(url, order, network), { refused: 'too-large', url })
  assert.ok(process.memoryUsage().rss - before < 50_000_000)
})

test('who answers drop by drop is given up at the deadline, wherever it drops', async () => {
  const drops: ((socket: Socket) => void)[] = [
    () => {},
    (socket) => socket.write('HTTP/1.1 200 OK\r\nx-a: '),
    (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n'),
    (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')
  ]
  for (const begin of drops) {
    const timers: NodeJS.Timeout[] = []
    const server = createSocketServer((socket) => {
      socket.on('error', () => {})
      begin(socket)
      timers.push(setInterval(() => socket.write('a'), 50))
    })
    const port = await listening(server)
    const url = `http://good.test:${port}/`
    const network = testNetwork({ hosts: { 'good.test': ['127.0.0.1'] }, ports: [port] })
    const begun = performance.now()
    const answer = await guardedFetch(url, { ...order, timeoutMs: 400 }, network)
    assert.ok(
      'refused' in answer && ['too-slow', 'bad-answer'].includes(answer.refused),
      JSON.stringify(answer)
    )
    assert.ok(performance.now() - begun < 20_000)
    timers.forEach(clearInterval)
    server.close()
  }
})

test('a name server that never answers is given up at the deadline', async () => {
  const silent = {
    resolve: () => new Promise<string[]>(() => {}),
    allows: () => true,
    nameServers: undefined
  }
  const answer = await guardedFetch('http://silent.test/', { ...order, timeoutMs: 100 }, silent)
  assert.deepEqual(answer, { refused: 'too-slow', url: 'http://silent.test/' })
})

test('what is no HTTP, endless headers and unknown packing are refused', async () => {
  const raw = async (text: string) => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => {})
      socket.end(text)
    })
    const port = await listening(server)
    const network = testNetwork({ hosts: { 'good.test': ['127.0.0.1'] }, ports: [port] })
    const answer = await guardedFetch(`http://good.test:${port}/`, order, network)
    server.close()
    return 'refused' in answer ? answer.refused : answer.status
  }
  assert.equal(await raw('SSH-2.0-OpenSSH_9.6\r\n'), 'bad-answer')
  assert.equal(await raw(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`), 'bad-answer')
  assert.equal(await raw('HTTP/1.1 200 OK\r\ncontent-encoding: zstd\r\n\r\nabc'), 'bad-answer')
  assert.equal(await raw('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nabc'), 'bad-answer')
  assert.equal(await raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc'), 'bad-answer')
  assert.equal(await raw('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'), 'bad-answer')
  assert.equal(await raw(''), 'unreachable')
})

test('where nobody listens, and where encryption is missing, nothing is reached', async () => {
  const { port, network } = await serve((_request, response) => response.end('plain'))
  const https = await guardedFetch(`https://good.test:${port}/`, order, network)
  assert.ok('refused' in https && https.refused === 'unreachable')
  assert.deepEqual(await guardedFetch('http://nobody.test/', order, network), {
    refused: 'unknown-host',
    url: 'http://nobody.test/'
  })
})
