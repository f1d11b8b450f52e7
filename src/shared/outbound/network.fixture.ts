import type { Network } from './network.ts'

/**
 * A network for tests: hosts by name, and the ports of this machine that may be reached. Everything else is refused
 * as on the open internet.
 */
export function testNetwork(options: {
  hosts?: Record<string, string[]>
  ports?: number[]
  nameServers?: string[]
}): Network {
  const { hosts = {}, ports = [], nameServers } = options
  return {
    resolve: async (host) => {
      const addresses = hosts[host]
      if (!addresses) throw new Error(`no such host: ${host}`)
      return addresses
    },
    allows: (address, port) => address === '127.0.0.1' && ports.includes(port),
    nameServers
  }
}
