import { BlockList, isIP } from 'node:net'

/** IPv4 addresses that are no single host of the internet (IANA special-purpose registry). */
const special4 = new BlockList()
for (const network of [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // behind a provider's NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local; the metadata of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4' // reserved, broadcast
]) {
  add(special4, network, 'ipv4')
}

/** Of IPv6 only what is given out as global unicast is let through … */
const global6 = new BlockList()
add(global6, '2000::/3', 'ipv6')

/** … less what leads elsewhere. IPv4-mapped, NAT64, local and multicast addresses lie outside of it anyway. */
const special6 = new BlockList()
for (const network of [
  '2001::/23', // Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: an IPv4 address inside
  '2620:4f:8000::/48', // AS112
  '3fff::/20' // documentation
]) {
  add(special6, network, 'ipv6')
}

/** Whether an IP address is that of one host of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special4.check(address, 'ipv4')
  return (
    family === 6 &&
    !address.includes('%') &&
    global6.check(address, 'ipv6') &&
    !special6.check(address, 'ipv6')
  )
}

function add(list: BlockList, network: string, family: 'ipv4' | 'ipv6'): void {
  const [address, bits] = network.split('/') as [string, string]
  list.addSubnet(address, Number(bits), family)
}
