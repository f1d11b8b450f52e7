import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { scanByClamd } from './clamd.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-clamd-'))
const closing: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })]
after(() => closing.toReversed().forEach((close) => close()))

const written = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const file = written('file', 'x'.repeat(200_000))

/** Something that listens where clamd should. */
async function fake(behave: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    behave(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

/** Reads a whole INSTREAM session, then answers what the received bytes ask for. */
function obedient(answerTo: (content: Buffer) => string) {
  return (socket: Socket) => {
    let received = Buffer.alloc(0)
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part])
      const command = 'zINSTREAM\0'
      if (received.subarray(0, command.length).toString() !== command)
        return void socket.end('UNKNOWN COMMAND\0')
      const parts: Buffer[] = []
      for (let at = command.length; at + 4 <= received.length;) {
        const length = received.readUInt32BE(at)
        if (length === 0) return void socket.end(answerTo(Buffer.concat(parts)))
        parts.push(received.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  }
}

test('a file is sent whole, and a clear answer is understood', async () => {
  let seen = 0
  const clean = await fake(obedient((content) => ((seen = content.length), 'stream: OK\0')))
  assert.deepEqual(await scanByClamd(clean, file), { scan: 'clean' })
  assert.equal(seen, 200_000)
  const found = await fake(obedient(() => 'stream: Win.Test.EICAR_HDB-1 FOUND\0'))
  assert.deepEqual(await scanByClamd(found, file), { scan: 'found', finding: 'Win.Test.EICAR_HDB-1' })
})

test('whatever else happens is no answer, so the file waits', async () => {
  const noAnswer = async (behave: (socket: Socket) => void, patience = 5000) => {
    const result = await scanByClamd(await fake(behave), file, patience)
    assert.ok('why' in result, JSON.stringify(result))
    return result.why
  }
  assert.equal(await noAnswer(() => {}, 100), 'no answer in time')
  // Drop by drop, never a whole answer.
  assert.equal(
    await noAnswer((socket) => {
      socket.on('data', () => {})
      const drops = setInterval(() => socket.write('s'), 10)
      socket.on('close', () => clearInterval(drops))
    }, 200),
    'no answer in time'
  )
  await noAnswer((socket) => socket.destroy())
  await noAnswer((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await noAnswer((socket) => socket.resume().write('HTTP/1.1 400 Bad Request\r\n'.repeat(300)))
  assert.equal(await noAnswer(obedient(() => 'stream: OK, I think\0')), 'stream: OK, I think')
})

test('a file that the scanner cannot look at is told from a scanner that is silent', async () => {
  const why = 'INSTREAM size limit exceeded. ERROR'
  assert.deepEqual(await scanByClamd(await fake(obedient(() => `${why}\0`)), file), { scan: 'unable', why })
  // The answer while we are still sending, then the door is shut.
  const early = await fake((socket) => socket.once('data', () => socket.end(`${why}\0`)))
  assert.deepEqual(await scanByClamd(early, file), { scan: 'unable', why })
})

/** A port where nobody listens. */
async function freePort(): Promise<number> {
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const { port } = gone.address() as AddressInfo
  await new Promise((resolve) => gone.close(resolve))
  return port
}

test('a scanner that is not there is no answer', async () => {
  const port = await freePort()
  assert.deepEqual(await scanByClamd({ host: '127.0.0.1', port }, file), {
    scan: 'unavailable',
    why: 'ECONNREFUSED'
  })
  assert.deepEqual(await scanByClamd({ path: join(folder, 'nothing') }, file), {
    scan: 'unavailable',
    why: 'ENOENT'
  })
})

const clamd = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find(existsSync)

test(
  'the real ClamAV finds its own signature, over TCP and over its socket',
  {
    skip: clamd ? false : 'clamd is not installed (Debian: apt-get install clamav-daemon)',
    timeout: 60_000
  },
  async () => {
    // Its signatures cannot be had everywhere; one of our own is enough: a text, by its hexadecimal form.
    const signs = 'KOPA-HARMLESS-TEST-SIGNATURE'
    const database = mkdtempSync(join(folder, 'database-'))
    writeFileSync(join(database, 'own.ndb'), `Kopa.Test:0:*:${Buffer.from(signs).toString('hex')}\n`)
    const port = await freePort()
    const path = join(folder, 'clamd.ctl')
    const settings = written(
      'clamd.conf',
      [
        ...[`DatabaseDirectory ${database}`, `LocalSocket ${path}`, 'Foreground yes', 'StreamMaxLength 1M'],
        ...['TCPAddr 127.0.0.1', `TCPSocket ${port}`, `LogFile ${join(folder, 'clamd.log')}`, 'User root']
      ].join('\n')
    )
    const daemon = spawn(clamd!, ['--config-file', settings], { stdio: 'ignore' })
    closing.push(() => daemon.kill('SIGKILL'))
    const addresses = [{ path }, { host: '127.0.0.1', port }]
    while ((await scanByClamd(addresses[0]!, file)).scan === 'unavailable') await setTimeout(200)
    const bad = written('bad', `some words, ${signs}, and some more`)
    const large = written('large', new Uint8Array(3_000_000))
    for (const address of addresses) {
      assert.deepEqual(await scanByClamd(address, file), { scan: 'clean' })
      assert.deepEqual(await scanByClamd(address, bad), { scan: 'found', finding: 'Kopa.Test.UNOFFICIAL' })
      const tooLarge = await scanByClamd(address, large)
      assert.equal(tooLarge.scan, 'unable', JSON.stringify(tooLarge))
    }
    const ended = once(daemon, 'exit')
    daemon.kill('SIGKILL')
    await ended
    assert.equal((await scanByClamd(addresses[0]!, file)).scan, 'unavailable')
  }
)
