import { isIPv6 } from 'node:net'
import { deviceName } from './device-name.ts'

/** From where somebody comes who is about to prove who they are. */
export type Visit = {
  /** What attempts are counted by: the address, of IPv6 the network (/64) that one household is given. */
  source: string
  /** Such as 'Firefox, Linux'. */
  device: string
  /** The secret by which a browser is recognised that was signed in before, if it has one. */
  knownDevice: string | undefined
  /** The session that the browser has so far: a new one takes its place. */
  session?: string | undefined
}

/** @param address of the visitor, as src/server-origin.ts settled it */
export function visitFrom(address: string, userAgent: string | null, knownDevice: string | undefined): Visit {
  return { source: networkOf(address), device: deviceName(userAgent), knownDevice }
}

// '2001:db8:1:2:3::4' → '2001:db8:1:2'; '::ffff:192.0.2.7' → '192.0.2.7'
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]!.split('::')
  const first = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const groups = address.includes('::')
    ? [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last]
    : first
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
