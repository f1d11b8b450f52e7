import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { withDatabase } from '../../../tests/database.ts'
import { type Arrival, arrivalOf, noteArrival } from './arrival.ts'
import { databaseNow } from './database-clock.ts'
import { comparisons, startServerClock } from './server-clock.ts'

const noon = Temporal.Instant.from('2026-03-05T11:00:00Z')
const after = (milliseconds: number) => noon.add({ microseconds: Math.round(milliseconds * 1000) })
const apart = (a: Temporal.Instant, b: Temporal.Instant) =>
  Math.abs(Number(a.epochNanoseconds - b.epochNanoseconds)) / 1e6

test('the clock that was measured by the quickest answer is trusted most', () => {
  const clock = comparisons()
  clock.note(0, after(50), 100)
  assert.deepEqual(
    [clock.at(50).at.toString(), Math.round(clock.at(50).error)],
    [noon.add({ milliseconds: 50 }).toString(), 50]
  )
  clock.note(100, after(101), 102)
  const reading = clock.at(1101)
  assert.equal(apart(reading.at, after(1101)) < 0.001, true)
  // A millisecond on the way, half a millisecond a second since.
  assert.ok(Math.abs(reading.error - 1.501) < 1e-6, String(reading.error))
})

test('a slow answer later does not spoil what is known; the bound never claims too much', () => {
  const clock = comparisons()
  clock.note(0, after(1), 2)
  clock.note(10, after(400), 510)
  assert.ok(clock.at(600).error < 2)
  assert.ok(apart(clock.at(600).at, after(600)) <= clock.at(600).error)
})

test('when the clock of the database is set, what was known before is forgotten', () => {
  const clock = comparisons()
  clock.note(0, after(1), 2)
  clock.note(1000, after(61_001), 1002)
  assert.ok(apart(clock.at(2001).at, after(62_001)) < 0.001)
})

test('set back while a deadline passes, it is followed from the next comparison on, and nobody is judged by both', () => {
  const clock = comparisons()
  clock.note(0, after(1), 2)
  const before = clock.at(500)
  // The operator sets the database's clock back by an hour.
  clock.note(1000, after(1001 - 3_600_000), 1002)
  const later = clock.at(1500)
  assert.ok(apart(before.at, after(500)) < 0.001)
  assert.ok(
    apart(later.at, after(1500 - 3_600_000)) < 0.001 && later.error < 2,
    'the bound is of the new clock alone'
  )
})

test('a clock that is being corrected, four parts in ten thousand, is followed within the bound that is told', () => {
  const clock = comparisons()
  const database = (monotonic: number) => after(monotonic * 1.0004)
  for (let at = 0; at <= 600_000; at += 2000) {
    clock.note(at - 0.4, database(at), at + 0.4)
    const { at: shown, error } = clock.at(at + 1999)
    assert.ok(apart(shown, database(at + 1999)) <= error, `${at}`)
    assert.ok(error < 2)
  }
})

test('the wall clock of the server is never asked', (t) =>
  withDatabase(async (database) => {
    const clock = await startServerClock(database)
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2031-01-01T00:00:00Z') })
    const { at, error } = clock.at()
    const now = await databaseNow(database)
    clock.stop()
    assert.ok(apart(at, now) < error + 1000, `${String(at)} is not ${String(now)}`)
  }))

test('a request has arrived when its last byte was read, though nobody looks at it yet', async () => {
  let noted: Arrival | undefined
  let looked = 0
  const [head, half, whole] = ['POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n', 'half ', 'whole']
  const server = createServer(async (request, response) => {
    noteArrival(request)
    while (request.socket.bytesRead < head.length + half.length + whole.length) await setTimeout(5)
    await setTimeout(150)
    looked = performance.now()
    for await (const _ of request) void _
    noted = arrivalOf(request)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(head + half)
  await setTimeout(150)
  const sent = performance.now()
  socket.write(whole)
  await once(socket, 'data')
  socket.destroy()
  server.close()
  assert.ok(
    noted!.monotonic >= sent && noted!.monotonic < looked - 100,
    JSON.stringify({ noted, sent, looked })
  )
})

/** Sends one request when told to, from a thread of its own: it is not stalled with this one. */
async function sender(port: number) {
  const { Worker } = await import('node:worker_threads')
  const sent = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(
    `const { workerData: { port, sent }, parentPort } = require('node:worker_threads')
    parentPort.on('message', () => {
      const socket = require('node:net').connect(port, '127.0.0.1', () =>
        socket.write('POST / HTTP/1.1\\r\\nhost: a\\r\\ncontent-length: 2\\r\\nconnection: close\\r\\n\\r\\nok',
          () => Atomics.add(sent, 0, 1)))
      socket.on('data', () => {})
    })
    parentPort.postMessage('here')`,
    { eval: true, workerData: { port, sent } }
  )
  await once(worker, 'message')
  return { worker, sent: () => Atomics.load(sent, 0) }
}

/** Keeps this thread busy for so long, and until something holds. */
function stall(milliseconds: number, holds = () => true): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until || !holds());
}

test('what came while the process was busy may have lain unread so long; what came after it had not', async () => {
  const arrivals: (Arrival & { readAt: number })[] = []
  const server = createServer((request, response) => {
    noteArrival(request)
    request.resume().on('end', () => {
      arrivals.push({ ...arrivalOf(request), readAt: performance.now() })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { worker, sent } = await sender((server.address() as AddressInfo).port)
  const arrived = async (count: number) => {
    while (arrivals.length < count) await setTimeout(5)
  }
  // The first one begins the watch.
  worker.postMessage('send')
  await arrived(1)
  await setTimeout(100)
  const stalled = performance.now()
  worker.postMessage('send')
  stall(500, () => sent() === 2)
  await arrived(2)
  stall(500)
  // Others share the machine and may stall this one, too: one of them comes while nobody does.
  for (let more = 3; more <= 12; more++) {
    await setTimeout(100)
    worker.postMessage('send')
    await arrived(more)
  }
  await worker.terminate()
  server.close()
  const [, during, ...afterwards] = arrivals
  assert.ok(
    during!.unread >= 300 && during!.unread < during!.readAt - stalled + 100,
    JSON.stringify(arrivals)
  )
  assert.ok(Math.min(...afterwards.map(({ unread }) => unread)) < 100, JSON.stringify(arrivals))
})
