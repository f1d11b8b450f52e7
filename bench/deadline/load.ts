/**
 * Load on a server, made by a process of its own (load-process.ts).
 *
 * In a closed loop each client asks again as soon as it is answered: how much a server can do. In an open loop requests
 * fall due at random moments of a fixed rate, whether the server keeps up or not, and each one's time counts from the
 * moment it was due: what people wait (without coordinated omission).
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Place } from '../../tests/deadline/connection.ts'
import type { Latencies } from './latencies.ts'
import { type Cost, type Watched, costSince } from './processor-time.ts'
import type { Asking } from './requests.ts'

/** One kind of request in a load. */
export type Stream = {
  asking: Asking
  /** In an open loop: how many fall due a second. */
  perSecond?: number
}

export type Load = {
  place: Place
  /** Connections; in a closed loop that many ask at once. */
  clients: number
  seconds: number
  /** A closed loop ends when so many are answered, if that comes first. Infinity: never. */
  most?: number
  streams: Stream[]
  /** Whether everybody has been at it before: each asks once, uncounted. */
  warm?: boolean
}

export type StreamResult = Latencies & {
  /** By what the server said (a status), or “broken”. */
  failures: Record<string, number>
  /** The first bodies of failures. */
  examples: string[]
}

export type LoadResult = {
  streams: StreamResult[]
  seconds: number
  perSecond: number
  /** Seconds of processor time that making this load took, of this process alone. */
  ownProcessorSeconds: number
}

/** Runs one load from its beginning to its end. @param onBegin when everybody is warm, and counting begins */
export function runLoad(load: Load, onBegin: () => void = () => {}): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), {
    execArgv: [],
    serialization: 'advanced'
  })
  return new Promise((resolve, reject) => {
    child.on('message', (said) => {
      if (said === 'begins') return onBegin()
      resolve(said as LoadResult)
      child.disconnect()
    })
    child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)))
    child.send(load)
  })
}

/** The same, and the processor time that was used while it ran. */
export async function runWatched(load: Load, watched: Watched): Promise<{ result: LoadResult; cost: Cost }> {
  let cost = costSince(watched)
  const result = await runLoad(load, () => {
    cost = costSince(watched)
  })
  return { result, cost: cost() }
}
