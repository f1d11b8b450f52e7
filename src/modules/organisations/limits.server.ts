import { type Counted, type Limit, countAttempt } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'

const minute = 60
const hour = 60 * minute

/** How often one person may do what costs others something: their register, their letter-box, their name server. */
const limits = {
  register: { free: 10, wait: 2 * minute, longestWait: hour, forget: 24 * hour },
  'ask-to-join': { free: 5, wait: 5 * minute, longestWait: 2 * hour, forget: 24 * hour },
  invite: { free: 30, wait: minute, longestWait: hour, forget: 12 * hour },
  'prove-domain': { free: 20, wait: minute, longestWait: hour, forget: 6 * hour },
  'domain-mail': { free: 3, wait: 10 * minute, longestWait: 6 * hour, forget: 24 * hour },
  change: { free: 120, wait: 5, longestWait: 10 * minute, forget: hour },
  picture: { free: 20, wait: minute, longestWait: hour, forget: 6 * hour }
} as const satisfies Record<string, Limit>

/**
 * Counts something somebody does. @param of who is counted, and for whom (a domain, an address) where that matters
 * @returns a refusal when it was too often
 */
export async function countFor(
  database: Database,
  what: keyof typeof limits,
  ...of: readonly string[]
): Promise<Refused | undefined> {
  const counted: Counted = { what: `organisations.${what}`, of, limit: limits[what] }
  return countAttempt(database, [counted])
}
