import { type Counted, type Limit, countAttempt } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'

const minute = 60
const hour = 60 * minute

/** How often what reaches others' letter-boxes, or makes a document, may be done. */
const limits = {
  /** By one person. */
  invite: { free: 40, wait: minute, longestWait: hour, forget: 12 * hour },
  /** To one address, whoever writes. */
  'invite-address': { free: 6, wait: 10 * minute, longestWait: 12 * hour, forget: 24 * hour },
  /** Answers with one link or by one person: each that agrees makes a document. */
  mandate: { free: 12, wait: minute, longestWait: hour, forget: 12 * hour },
  /** By one person. */
  connect: { free: 12, wait: minute, longestWait: hour, forget: 12 * hour }
} as const satisfies Record<string, Limit>

/** Counts something that is done. @returns a refusal when it was too often */
export async function countFor(
  database: Database,
  counted: readonly (readonly [keyof typeof limits, string])[]
): Promise<Refused | undefined> {
  return countAttempt(
    database,
    counted.map(([what, of]): Counted => ({ what: `applications.${what}`, of: [of], limit: limits[what] }))
  )
}
