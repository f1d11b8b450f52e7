import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { type LookupFunction, isIP } from 'node:net'
import { type Network, openInternet } from './network.ts'
import type { OutboundRefusal } from './outbound-refusal.ts'
import { readBody } from './read-body.ts'

/** What is fetched, and how much patience there is. */
export type FetchOrder = {
  /** For whoever runs the other server: stands in the user agent. Such as “link check”. */
  purpose: string
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Of the answer, unpacked; 1 MB when not said. */
  maxBytes?: number
  /** For everything, from the name to the last byte; 10 seconds when not said. */
  timeoutMs?: number
  /** At most 3, which is the default. */
  maxRedirects?: 0 | 1 | 2 | 3
}

/** An answer, whatever its status. */
export type Fetched = {
  status: number
  /** Where it came from, after redirects. */
  url: string
  /** Names in lower case; of several the first. */
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
}

const usualBytes = 1_000_000
const usualTime = 10_000 // not of a guide: milliseconds
const largestHeaders = 16_384
const redirects = new Set([301, 302, 303, 307, 308])

/**
 * Fetches an address that somebody gave us. The one client for it: link checks, domain proofs, webhooks.
 *
 * A host is resolved once a hop; every address must be allowed, and the connection is made to the very addresses
 * that were checked, so a name that changes its mind in between gains nothing. Redirects are followed for what only
 * reads, never from https to http, and headers of the caller stay with the origin they were meant for. Nothing of
 * ours travels along: no cookies, no passwords, no proxy. What goes wrong is a value.
 */
export async function guardedFetch(
  address: string,
  order: FetchOrder,
  network: Network = openInternet
): Promise<Fetched | OutboundRefusal> {
  const clock = new AbortController()
  const timer = setTimeout(() => clock.abort(), order.timeoutMs ?? usualTime)
  try {
    return await follow(address, order, network, clock.signal)
  } finally {
    clearTimeout(timer)
    clock.abort()
  }
}

async function follow(
  address: string,
  order: FetchOrder,
  network: Network,
  signal: AbortSignal
): Promise<Fetched | OutboundRefusal> {
  const mayRedirect = order.maxRedirects ?? 3
  let url = readUrl(address)
  if ('refused' in url) return url
  const first = url
  for (let hop = 0; ; hop++) {
    const answer = await send(
      url,
      url.origin === first.origin ? order : withoutHeaders(order),
      network,
      signal
    )
    if ('refused' in answer) return answer
    const { location } = answer.headers
    if (!redirects.has(answer.statusCode!) || location === undefined) return whole(url, answer, order, signal)
    answer.destroy()
    if (order.method === 'POST') return { refused: 'redirected', url: url.href }
    if (hop >= mayRedirect) return { refused: 'too-many-redirects', url: url.href }
    const next = readUrl(location, url)
    if ('refused' in next) return next
    if (url.protocol === 'https:' && next.protocol === 'http:')
      return { refused: 'less-secure', url: next.href }
    url = next
  }
}

function readUrl(address: string, base?: URL): URL | OutboundRefusal {
  if (address.length > 4096 || !URL.canParse(address, base))
    return { refused: 'not-an-address', url: address }
  const url = new URL(address, base)
  url.hash = ''
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { refused: 'not-an-address', url: url.href }
  if (url.username || url.password) {
    url.username = url.password = ''
    return { refused: 'with-password', url: url.href }
  }
  return url
}

function withoutHeaders({ headers: _, ...order }: FetchOrder): FetchOrder {
  return order
}

/** One request and the head of its answer. */
async function send(
  url: URL,
  order: FetchOrder,
  network: Network,
  signal: AbortSignal
): Promise<IncomingMessage | OutboundRefusal> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const addresses = await resolved(host, network, signal)
  if (addresses === 'too-slow' || addresses.length === 0) {
    return { refused: addresses === 'too-slow' ? addresses : 'unknown-host', url: url.href }
  }
  // One that is not allowed among several makes the whole name suspicious.
  if (!addresses.every((each) => network.allows(each, port))) return { refused: 'not-public', url: url.href }
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: order.method ?? 'GET',
      headers: {
        accept: '*/*',
        ...order.headers,
        'user-agent': `Kopa (${order.purpose})`,
        'accept-encoding': 'gzip, deflate, br'
      },
      // No connection is shared, and none stays.
      agent: false,
      lookup: pinned(addresses),
      maxHeaderSize: largestHeaders,
      signal
    })
    const refuse = (refused: OutboundRefusal['refused']) => resolve({ refused, url: url.href })
    request.on('response', resolve)
    // Nobody asked for another protocol.
    request.on('upgrade', (_answer, socket) => {
      socket.destroy()
      refuse('bad-answer')
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) return refuse('too-slow')
      refuse(error.code?.startsWith('HPE_') ? 'bad-answer' : 'unreachable')
    })
    request.end(order.body)
  })
}

async function resolved(host: string, network: Network, signal: AbortSignal): Promise<string[] | 'too-slow'> {
  if (isIP(host)) return [host]
  // A name server may take its time; nobody waits longer for it than for everything.
  const late = new Promise<'too-slow'>((resolve) =>
    signal.addEventListener('abort', () => resolve('too-slow'))
  )
  return Promise.race([network.resolve(host).catch(() => []), late])
}

/** Answers every question for an address with those that were checked. */
function pinned(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, callback) => {
    if (options.all) callback(null, all)
    else callback(null, all[0]!.address, all[0]!.family)
  }
}

async function whole(
  url: URL,
  answer: IncomingMessage,
  order: FetchOrder,
  signal: AbortSignal
): Promise<Fetched | OutboundRefusal> {
  const body = await readBody(answer, order.maxBytes ?? usualBytes, signal)
  if (typeof body === 'string') return { refused: body, url: url.href }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0]! : value!])
  )
  return { status: answer.statusCode!, url: url.href, headers, body }
}
