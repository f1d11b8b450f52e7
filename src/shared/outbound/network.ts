import { lookup } from 'node:dns/promises'
import { isPublicAddress } from './public-address.ts'

/**
 * The network outside, as far as it is reached for somebody. The product has one, `openInternet`; tests make their
 * own. It comes with the app, never from a variable: nobody can open it by configuration.
 */
export type Network = {
  /** Every address of a host. Rejects when there is none. */
  resolve: (host: string) => Promise<string[]>
  /** Whether a connection may be made. Asked of each address, for each hop. */
  allows: (address: string, port: number) => boolean
  /** Name servers for look-ups of TXT records, as address or address:port; undefined: those of the system. */
  nameServers: string[] | undefined
}

/** The public internet: no private address, and only the ports of HTTP. */
export const openInternet: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  allows: (address, port) => isPublicAddress(address) && (port === 80 || port === 443),
  nameServers: undefined
}
