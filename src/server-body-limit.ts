import type { MiddlewareHandler } from 'hono'
import { texts } from '#shared/texts/index.ts'

/** The most that a request to the API may carry. */
export const largestApiBody = 1_048_576
// The rest of a body that is too large is read, too: a sender that is cut off never sees the answer.
const largestDiscarded = 20_000_000

// A file of an application is read as it comes, only of whoever may give it and no more than a file may be.
const files = /^\/api\/v1\/applications\/[^/]+\/files\/[^/]+$/

/**
 * Refuses bodies over 1 MB with 413: at once where content-length announces it, else when the sender has finished.
 */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const { headers, method } = c.req.raw
  if (method === 'PUT' && files.test(c.req.path)) return next()
  // By the headers alone where they say it, which Node holds senders to: who touches the body makes a web stream of
  // it, and that costs more than everything else in a small request.
  const announced = headers.has('transfer-encoding') ? undefined : Number(headers.get('content-length') ?? 0)
  if (announced !== undefined && announced <= largestApiBody) return next()
  const { body } = c.req.raw
  if (!body) return next()
  if (announced !== undefined) {
    // Nobody waits for the rest.
    atMost(body).catch(() => undefined)
    return tooLarge()
  }
  const whole = await atMost(body)
  if (!whole) return tooLarge()
  c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: whole })
  return next()
}

/** @returns the bytes of a body; undefined when there are more than the limit */
async function atMost(body: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size <= largestApiBody) parts.push(part)
    else parts.length = 0
    if (size > largestDiscarded) return undefined
  }
  return size <= largestApiBody ? Buffer.concat(parts) : undefined
}

function tooLarge(): Response {
  const [en, lv] = [texts('en')('form.body-too-large'), texts('lv')('form.body-too-large')]
  const problem = {
    type: 'about:blank',
    title: 'Content Too Large',
    status: 413,
    detail: `${en} · ${lv}`,
    reason: 'invalid',
    problems: [{ path: '', message: { en, lv } }]
  }
  return new Response(JSON.stringify(problem), {
    status: 413,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  })
}
