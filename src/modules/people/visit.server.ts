import { isIPv6 } from 'node:net'
import { deviceName } from './device-name.ts'

/** From where somebody comes who is about to prove who they are. */
export type Visit = {
  /** What attempts are counted by: the address, of IPv6 the network (/64) that one household is given. */
  source: string
  /** The wider network (/48) of an IPv6 address: whoever has one goes through 65 536 sources. */
  network?: string | undefined
  /** Such as 'Firefox, Linux'. */
  device: string
  /** The secret by which a browser is recognised that was signed in before, if it has one. */
  knownDevice: string | undefined
  /** The session that the browser has so far: a new one takes its place. */
  session?: string | undefined
}

/** @param address of the visitor, as src/server-origin.ts settled it */
export function visitFrom(address: string, userAgent: string | null, knownDevice: string | undefined): Visit {
  const { source, network } = networksOf(address)
  return { source, network, device: deviceName(userAgent), knownDevice }
}

// '2001:db8:1:2:3::4' → '2001:db8:1:2' in '2001:db8:1'; '::ffff:192.0.2.7' → '192.0.2.7'
function networksOf(address: string): Pick<Visit, 'source' | 'network'> {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return { source: mapped }
  if (!isIPv6(address)) return { source: address }
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]!.split('::')
  const first = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const groups = address.includes('::')
    ? [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last]
    : first
  const plain = groups.map((group) => Number.parseInt(group, 16).toString(16))
  return { source: plain.slice(0, 4).join(':'), network: plain.slice(0, 3).join(':') }
}
