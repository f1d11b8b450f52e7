import type { IncomingMessage } from 'node:http'
import { type Configuration, isLoopback } from './configuration.ts'

/** The headers by which SvelteKit's handler learns scheme, host and visitor. We write them; a client cannot. */
export const protocolHeader = 'x-kopa-protocol'
export const hostHeader = 'x-kopa-host'
export const addressHeader = 'x-kopa-address'

/**
 * Decides under which origin a request was made, and writes it into the request's headers.
 *
 * SvelteKit assumes https unless a header says otherwise, and refuses a form whose Origin differs: without this
 * every form on plain http is refused, and with a client's own header any origin could be claimed.
 * - KOPA_ORIGIN, where set, is the origin of all.
 * - Behind a trusted proxy (KOPA_TRUST_PROXY) it is what the proxy forwards.
 * - Else the site is open to this machine alone: http, and a host name of this machine. Another name is another
 *   site's that points here (DNS rebinding), so it does not count.
 * @returns whether the visitor came by https
 */
export function settleOrigin(request: IncomingMessage, configuration: Configuration): boolean {
  const { origin, trustProxy } = configuration
  const forwarded = (name: string) => (trustProxy ? last(request.headers[`x-forwarded-${name}`]) : undefined)
  const settled = origin ? new URL(origin) : undefined
  const protocol = settled?.protocol.slice(0, -1) ?? (forwarded('proto') === 'https' ? 'https' : 'http')
  write(request, protocolHeader, protocol)
  write(request, hostHeader, settled?.host ?? forwarded('host') ?? ownHost(request))
  write(request, addressHeader, forwarded('for') ?? request.socket.remoteAddress ?? '')
  return protocol === 'https'
}

/** Hono reads the headers as they came (rawHeaders), SvelteKit as Node read them: both get ours, and no client's. */
function write(request: IncomingMessage, header: string, value: string): void {
  const { rawHeaders } = request
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2)
    if (rawHeaders[at]!.toLowerCase() === header) rawHeaders.splice(at, 2)
  rawHeaders.push(header, value)
  request.headers[header] = value
}

// A proxy appends: the last entry is its own observation, what stands before it may be the client's invention.
function last(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(',').at(-1)?.trim() || undefined
}

function ownHost(request: IncomingMessage): string {
  const asked = request.headers.host ?? ''
  const name = asked.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return isLoopback(name) ? asked : `localhost:${request.socket.localPort ?? ''}`
}
