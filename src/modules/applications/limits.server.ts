import { type Counted, type Limit, countAttempt } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'

const minute = 60
const hour = 60 * minute

/** How often one person, or one place of the network, may do what fills a disk or could be guessed with. */
const limits = {
  start: { free: 60, wait: minute, longestWait: hour, forget: 12 * hour },
  'official-receipt': { free: 20, wait: minute, longestWait: hour, forget: 6 * hour },
  verify: { free: 60, wait: 1, longestWait: minute, forget: 10 * minute }
} as const satisfies Record<string, Limit>

/** Counts something somebody does. @returns a refusal when it was too often */
export async function countFor(
  database: Database,
  what: keyof typeof limits,
  who: string
): Promise<Refused | undefined> {
  const counted: Counted = { what: `applications.${what}`, of: [who], limit: limits[what] }
  return countAttempt(database, [counted])
}
