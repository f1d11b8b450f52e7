import { performance } from 'node:perf_hooks'
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
  watchReading()
  const arriving = request as Arriving
  const push = request.push
  request.push = function (chunk, encoding) {
    if (chunk === null) arriving[place] ??= { monotonic: performance.now(), unread: unreadFor() }
    return push.call(this, chunk, encoding)
  }
}

/** When a request had arrived. One that came past the server (a test, a request made in process) arrives now. */
export function arrivalOf(request: object | undefined): Arrival {
  return (request as Arriving | undefined)?.[place] ?? { monotonic: performance.now(), unread: 0 }
}

// Bytes only lie unread while the process is busy: once it asks for what has come, it is given all of it. So nothing
// has lain unread for longer than the process was busy since it asked before; a stall that was over when somebody's
// bytes came is no time of theirs.
const tick = 20 // not of a guide: milliseconds
// Whoever stalls the process gains no more than that.
const mostUnread = 3000 // not of a guide: milliseconds
/** When the process asked last, and for how long it had been busy by then. */
let asked: Reading | undefined
type Reading = { at: number; busy: number }

function watchReading(): void {
  if (asked) return
  asked = readingNow()
  setInterval(() => {
    const before = readingNow()
    // Between a timer and what follows it at once, Node asks its sockets.
    setImmediate(() => (asked = before)).unref()
  }, tick).unref()
}

const readingNow = (): Reading => ({
  at: performance.now(),
  busy: performance.eventLoopUtilization().active
})

/** For how long something that is read now may have lain unread, at most; in milliseconds. */
function unreadFor(): number {
  const { at, busy } = readingNow()
  if (!asked) return 0
  return Math.max(0, Math.min(at - asked.at, busy - asked.busy, mostUnread))
}
