import type { IncomingMessage } from 'node:http'
import { error } from '@sveltejs/kit'
import { largestPageBody } from './largest-page-body.ts'

// A form with a file that is far too large comes back with its answers, too. Nobody holds that file whole: of each, one
// byte more is read than any form takes, so that it is refused as too large and never taken for a whole one; the rest
// of it is let go as it comes. Files and answers together stay below a limit, or the form is too large itself.

const limits = { file: 20_000_001, all: 24_000_000 } // not of a guide: bytes

/** What SvelteKit's adapter for Node hands over. */
type Platform = { req?: IncomingMessage } | undefined

/** The request; where a form is larger than is read whole, the same with its long files shortened. */
export function withLongFilesShortened({
  request,
  platform
}: {
  request: Request
  platform?: unknown
}): Request {
  const { url, method, headers } = request
  const announced = Number(headers.get('content-length') ?? 0)
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]+)/i.exec(
    headers.get('content-type') ?? ''
  )?.[1]
  const incoming = (platform as Platform)?.req
  if (!incoming || boundary === undefined || announced <= largestPageBody) return request
  // Whoever stops reading answers, and Node reads on: a sender that is cut off never sees the answer.
  const parts = shortened(incoming.iterator({ destroyOnReturn: false }), boundary, limits)
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (tooLarge) {
        controller.error(tooLarge)
      }
    }
  })
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
}

/**
 * A body of multipart/form-data with no more than so many bytes of each file.
 * @throws SvelteKit's error 413 where more than `all` would be left
 */
export async function* shortened(
  body: AsyncIterable<Buffer>,
  boundary: string,
  { file, all }: { file: number; all: number }
): AsyncGenerator<Buffer, void> {
  const between = Buffer.from(`\r\n--${boundary}`)
  let total = 0
  /** How many bytes are still taken of the part that is read; undefined: its head comes first. */
  let left: number | undefined = Infinity
  // The first boundary stands at the very beginning, as if behind an empty part.
  let waiting: Buffer = Buffer.from('\r\n')
  for await (const chunk of body) {
    waiting = Buffer.concat([waiting, chunk])
    for (let goesOn = true; goesOn;) {
      const taken = left === undefined ? headOf(waiting) : contentOf(waiting, between)
      const whole: Buffer = waiting.subarray(0, taken.length)
      const kept: Buffer = left === undefined ? whole : whole.subarray(0, left)
      waiting = waiting.subarray(taken.length)
      goesOn = taken.ended
      if (left !== undefined) left -= kept.length
      const given: Buffer[] = [kept]
      if (taken.ended && left === undefined) left = isFile(kept) ? file : Infinity
      else if (taken.ended) {
        given.push(between)
        waiting = waiting.subarray(between.length)
        left = undefined
      }
      for (const bytes of given) total += bytes.length
      if (total + (goesOn ? 0 : waiting.length) > all) error(413)
      for (const bytes of given) if (bytes.length > 0) yield bytes
    }
  }
  // Behind the last boundary stands no head.
  yield waiting
}

type Taken = { length: number; ended: boolean }

/** The head of a part, with the empty line behind it; nothing while it is not there whole. */
function headOf(waiting: Buffer): Taken {
  const end = waiting.indexOf('\r\n\r\n')
  return end < 0 ? { length: 0, ended: false } : { length: end + 4, ended: true }
}

/** What surely belongs to a part: what may be the beginning of a boundary waits for what follows. */
function contentOf(waiting: Buffer, between: Buffer): Taken {
  const end = waiting.indexOf(between)
  if (end >= 0) return { length: end, ended: true }
  return { length: Math.max(waiting.length - between.length + 1, 0), ended: false }
}

const isFile = (head: Buffer) => /\bfilename\*?=/i.test(head.toString('latin1'))
