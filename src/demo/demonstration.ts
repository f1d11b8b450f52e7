import type { Temporal } from 'temporal-polyfill'
import type { Configuration } from '../configuration.ts'
import { isLoopback } from '../configuration.ts'

/** An installation that shows Kopā with invented people. What is done in it counts nowhere. */
export type Demonstration = {
  /** When the first start decided it. */
  since: Temporal.Instant
  /** The version of the product that set it up. */
  version: string
}

/** What stands in the database when Kopā starts. */
export type Found = { begun: boolean; demonstration: Demonstration | undefined }

/** What a start does. */
export type Decision = { start: 'as-it-is' } | { start: 'begin-demonstration' } | NoStart

/** Why it cannot start; `because` is the variable that would let others in. */
export type NoStart =
  | { refuse: 'begun-without' }
  | { refuse: 'open-to-others'; because: 'HOST' | 'KOPA_ORIGIN' | 'KOPA_TRUST_PROXY'; value: string }

/** What a start decides from, of the configuration. */
type Asking = Pick<Configuration, 'demo' | 'host' | 'origin' | 'trustProxy'>

/** Decides at a start: an installation is a demonstration from its first start on, or never. */
export function decideDemonstration(found: Found, configuration: Asking): Decision {
  const { demonstration, begun } = found
  if (configuration.demo && begun && !demonstration) return { refuse: 'begun-without' }
  if (!configuration.demo && !demonstration) return { start: 'as-it-is' }
  const opening = openingToOthers(configuration)
  if (opening) return { refuse: 'open-to-others', ...opening }
  return { start: demonstration ? 'as-it-is' : 'begin-demonstration' }
}

/** Whoever reaches a demonstration signs in as whom they like, so only this machine may. */
function openingToOthers({ host, origin, trustProxy }: Asking) {
  if (!isLoopback(host)) return { because: 'HOST', value: host } as const
  if (origin && !isLoopback(nameOf(new URL(origin).host)))
    return { because: 'KOPA_ORIGIN', value: origin } as const
  if (trustProxy) return { because: 'KOPA_TRUST_PROXY', value: 'yes' } as const
  return undefined
}

/** A request, as Node hears it. */
type Asked = {
  headers: Readonly<Record<string, string | string[] | undefined>>
  socket: { remoteAddress?: string | undefined }
  /** 1.1 for every browser. */
  httpVersion: string
}

const forwarding = /^(forwarded|via|x-forwarded-.+|x-real-ip|true-client-ip|cf-.+|x-envoy-.+|fly-.+)$/

/**
 * Whether a request was made on this machine, for this machine. A name of another site that points here does not
 * count (DNS rebinding), and neither does what a proxy or a tunnel brings, as far as it can be told: most name
 * themselves in a header, and nginx as it comes speaks HTTP/1.0. One that hides all of it looks like a browser here:
 * docs/operating.md says not to put one before a demonstration.
 */
export function isOfThisMachine({ headers, socket, httpVersion }: Asked): boolean {
  const local = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
  const host = typeof headers.host === 'string' ? nameOf(headers.host) : ''
  const brought = httpVersion === '1.0' || Object.keys(headers).some((name) => forwarding.test(name))
  return local && isLoopback(host) && !brought
}

// 'localhost:3000' → localhost, '[::1]:3000' → ::1
function nameOf(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
}
