import type { IncomingMessage } from 'node:http'

/**
 * When a request had arrived in full, by `performance.now()`, and for how long it may have lain unread before:
 * while the process is busy, bytes wait in the kernel, and nobody can tell since when.
 */
export type Arrival = { monotonic: number; unread: number }

// The site's bundle holds a second copy of this module: what both must share is kept on the request.
const place = Symbol.for('kopa.arrival')
type Arriving = IncomingMessage & { [place]?: Arrival }

/**
 * Notes the moment in which the last byte of a request was read, whoever waits for what meanwhile: Node's parser
 * ends the stream of the body then (`push(null)`), long before somebody comes to read it. Called as the request
 * begins.
 */
export function noteArrival(request: IncomingMessage): void {
  watchDelays()
  const arriving = request as Arriving
  const push = request.push
  request.push = function (chunk, encoding) {
    if (chunk === null) arriving[place] ??= { monotonic: performance.now(), unread: longestDelay() }
    return push.call(this, chunk, encoding)
  }
}

/** When a request had arrived. One that came past the server (a test, a request made in process) arrives now. */
export function arrivalOf(request: object | undefined): Arrival {
  return (request as Arriving | undefined)?.[place] ?? { monotonic: performance.now(), unread: 0 }
}

// A timer that is late tells how long the process did not look at its sockets.
const tick = 20
const remembered = 50
let delays: number[] | undefined

function watchDelays(): void {
  if (delays) return
  const seen: number[] = (delays = [])
  let due = performance.now() + tick
  setInterval(() => {
    const now = performance.now()
    seen.push(Math.max(0, now - due))
    if (seen.length > remembered) seen.shift()
    due = now + tick
  }, tick).unref()
}

/** The longest time of the last second in which the process did not look at its sockets, in milliseconds. */
function longestDelay(): number {
  return Math.max(0, ...(delays ?? []))
}
