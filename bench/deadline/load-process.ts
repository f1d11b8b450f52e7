/** The process that makes load: hears one Load, says when it begins, answers with one LoadResult, ends. */
import { Connection } from '../../tests/deadline/connection.ts'
import { latenciesOf } from './latencies.ts'
import type { Load, LoadResult, StreamResult } from './load.ts'
import { randomNumbers } from '../../tests/deadline/random-numbers.ts'
import { type Requests, requestsOf } from './requests.ts'

process.once('message', async (message) => {
  const load = message as Load
  process.send!(await make(load))
})

type Measured = { requests: Requests; times: number[]; failures: Record<string, number>; examples: string[] }

async function make(load: Load): Promise<LoadResult> {
  const streams = load.streams.map(({ asking }): Measured => ({
    requests: requestsOf(asking),
    times: [],
    failures: {},
    examples: []
  }))
  const connections = Array.from({ length: load.clients }, () => new Connection(load.place))
  if (load.warm) await warmUp(streams, connections)
  process.send!('begins')
  const before = process.cpuUsage()
  const began = performance.now()
  const open = load.streams.some(({ perSecond }) => perSecond !== undefined)
  await (open ? openLoop(load, streams, connections) : closedLoop(load, streams[0]!, connections))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(before)
  for (const connection of connections) connection.close()
  return {
    streams: streams.map(toResult),
    seconds,
    perSecond: streams.reduce((sum, { times }) => sum + times.length, 0) / seconds,
    ownProcessorSeconds: (user + system) / 1_000_000
  }
}

function toResult({ times, failures, examples }: Measured): StreamResult {
  return { ...latenciesOf(times), failures, examples }
}

/** Each saver once, and the first who hand in; the last looks of the others. */
async function warmUp(streams: Measured[], connections: readonly Connection[]): Promise<void> {
  for (const stream of streams) {
    let left = stream.requests.warmUp ?? 0
    const client = async (connection: Connection) => {
      while (left-- > 0) await askOnce(stream, connection, performance.now())
    }
    await Promise.all(connections.slice(0, 64).map(client))
    stream.times.length = 0
    const before = (stream.requests.before ?? []).values()
    await Promise.all(
      connections.slice(0, 16).map(async (connection) => {
        for (const one of before) {
          const { status, body } = await connection.ask(one)
          if (status !== 200) throw new Error(`${one.split('\r\n')[0]}: ${status} ${body}`)
        }
      })
    )
  }
}

async function closedLoop(load: Load, stream: Measured, connections: readonly Connection[]): Promise<void> {
  const end = performance.now() + load.seconds * 1000
  let left = load.most ?? Infinity
  const client = async (connection: Connection) => {
    while (left > 0 && performance.now() < end) {
      left--
      await askOnce(stream, connection, performance.now())
    }
  }
  await Promise.all(connections.map(client))
}

type Due = { stream: Measured; at: number }

async function openLoop(
  load: Load,
  streams: readonly Measured[],
  connections: readonly Connection[]
): Promise<void> {
  const due = moments(load, streams)
  const free = [...connections]
  const began = performance.now()
  let next = 0
  let answered = 0
  await new Promise<void>((resolve) => {
    const turn = () => {
      const now = performance.now()
      while (next < due.length && free.length > 0 && began + due[next]!.at <= now) {
        const { stream, at } = due[next++]!
        const connection = free.pop()!
        void askOnce(stream, connection, began + at).then(() => {
          free.push(connection)
          if (++answered === due.length) resolve()
          // Somebody has been waiting for a free connection.
          else if (free.length === 1) turn()
        })
      }
    }
    const timer = setInterval(() => {
      turn()
      if (next === due.length) clearInterval(timer)
    }, 1)
  })
}

/** When each request falls due, in milliseconds from the beginning, in order. */
function moments(load: Load, streams: readonly Measured[]): Due[] {
  const random = randomNumbers(load.seconds)
  const due: Due[] = []
  for (const [index, { perSecond = 0 }] of load.streams.entries()) {
    for (let at = 0; ;) {
      // Independent people: the waits between two of them are exponential.
      at += (-Math.log(1 - random()) * 1000) / perSecond
      if (!(at < load.seconds * 1000)) break
      due.push({ stream: streams[index]!, at })
    }
  }
  return due.sort((a, b) => a.at - b.at)
}

async function askOnce(stream: Measured, connection: Connection, dueAt: number): Promise<void> {
  const { requests } = stream
  const one = requests.next()
  try {
    const answer = await connection.ask(one.request)
    if (answer.status >= 200 && answer.status < 300) {
      stream.times.push((requests.untilFirstByte ? answer.firstByteAt : answer.doneAt) - dueAt)
      requests.answered(one, answer.body)
    } else failed(stream, String(answer.status), answer.body)
  } catch {
    failed(stream, 'broken', '')
  }
}

function failed({ failures, examples }: Measured, why: string, body: string): void {
  failures[why] = (failures[why] ?? 0) + 1
  if (examples.length < 3) examples.push(`${why}: ${Buffer.from(body, 'latin1').toString().slice(0, 300)}`)
}
