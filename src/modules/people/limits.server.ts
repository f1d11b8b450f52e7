import type { Counted, Limit } from './attempts.server.ts'
import type { Visit } from './visit.server.ts'

/*
 * How often somebody may try. What is counted is who tries, not only whom they try to be: a flood from elsewhere
 * makes the flood wait. Where an account is tried from many places at once, every browser that was not signed in
 * before waits, the owner's among them, at most five minutes; meanwhile a passkey, a provider or a mailed link opens at
 * once. A browser that was signed in before is counted by itself.
 */

const minute = 60
const hour = 3600

const perSource: Limit = { free: 20, wait: 2, longestWait: 15 * minute, forget: hour }
const perNetwork: Limit = { free: 100, wait: 2, longestWait: 15 * minute, forget: hour }
const perSourceAndAddress: Limit = { free: 5, wait: 5, longestWait: 15 * minute, forget: 6 * hour }
const perAddress: Limit = { free: 30, wait: 10, longestWait: 5 * minute, forget: 6 * hour }
const perKnownDevice: Limit = { free: 10, wait: 5, longestWait: 5 * minute, forget: hour }

/** Passwords tried for an address. `who` is counted wholly anew once one was right; the rest gets this one back. */
export function passwordLimits(
  email: string,
  visit: Visit,
  knownDevice: boolean
): { counted: Counted[]; forgiven: Counted[]; returned: Counted[] } {
  const address = email.toLowerCase()
  if (knownDevice) {
    const own = [{ what: 'password.device', of: [address, visit.knownDevice!], limit: perKnownDevice }]
    return { counted: own, forgiven: own, returned: [] }
  }
  const source = bySource('password', visit, perSource, perNetwork)
  const both = { what: 'password.both', of: [visit.source, address], limit: perSourceAndAddress }
  const account = { what: 'password.address', of: [address], limit: perAddress }
  return { counted: [...source, both, account], forgiven: [both], returned: [...source, account] }
}

/** Codes tried by somebody whose first proof was right. Three of a million fit at any time. */
export function codeLimits(
  person: string,
  visit: Visit,
  knownDevice: boolean
): { counted: Counted[]; forgiven: Counted[] } {
  const counted = knownDevice
    ? [
        {
          what: 'code.device',
          of: [person, visit.knownDevice!],
          limit: { ...perKnownDevice, longestWait: hour }
        }
      ]
    : [
        ...bySource('code', visit, perSource, perNetwork),
        { what: 'code.person', of: [person], limit: { ...perSourceAndAddress, longestWait: hour } }
      ]
  return { counted, forgiven: counted.filter(({ what }) => what === 'code.device' || what === 'code.person') }
}

/** Links asked for from one place. */
export function linksFrom(visit: Visit): Counted[] {
  const limit = { free: 10, wait: minute, longestWait: hour, forget: 3 * hour }
  return bySource('link', visit, limit, { ...limit, free: 50 })
}

/**
 * Links mailed to one address. The longest wait is shorter than a link lasts: whoever uses up somebody's links
 * thereby sends them one that opens.
 */
export function linksTo(email: string): Counted {
  return {
    what: 'link.address',
    of: [email.toLowerCase()],
    limit: { free: 3, wait: 5 * minute, longestWait: hour, forget: 12 * hour }
  }
}

/** Proofs asked of somebody who is signed in: whoever found a session open may not try passwords in it. */
export function proofsIn(session: string): Counted {
  return {
    what: 'proof.session',
    of: [session],
    limit: { free: 5, wait: 10, longestWait: 15 * minute, forget: 6 * hour }
  }
}

/** New passwords in a session: each takes the work of hashing it. */
export function passwordsIn(session: string): Counted {
  return {
    what: 'new-password.session',
    of: [session],
    limit: { free: 10, wait: 10, longestWait: 15 * minute, forget: hour }
  }
}

/** Whatever is begun without any proof and kept for a while: challenges, journeys to a provider. */
export function ceremoniesFrom(visit: Visit): Counted[] {
  const limit = { free: 60, wait: 2, longestWait: minute, forget: 10 * minute }
  return bySource('ceremony', visit, limit, { ...limit, free: 300 })
}

// By the network of a household, and by the wider one of whoever has many of these.
function bySource(what: string, { source, network }: Visit, limit: Limit, wider: Limit): Counted[] {
  const own = { what: `${what}.source`, of: [source], limit }
  return network === undefined ? [own] : [own, { what: `${what}.network`, of: [network], limit: wider }]
}

const day = 24 * hour

/** Wrong codes of somebody within a day; the fifth is one too many. */
export function codesFailed(person: string): Counted {
  return { what: 'code.failed', of: [person], limit: { free: 4, wait: day, longestWait: day, forget: day } }
}

/** Warnings about them: one a day. */
export function warnedOfGuessing(person: string): Counted {
  return { what: 'code.warned', of: [person], limit: { free: 1, wait: day, longestWait: day, forget: day } }
}
