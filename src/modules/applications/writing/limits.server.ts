import { type Counted, type Limit, countAttempt } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'

const minute = 60
const hour = 60 * minute

/** How often what others are shown or told may be done: far more than people talk, too little for a loop. */
const limits = {
  /** By one person: comments, and changes that are proposed. */
  say: { free: 100, wait: 5, longestWait: 10 * minute, forget: hour },
  /** By one person. */
  task: { free: 100, wait: 20, longestWait: hour, forget: 12 * hour },
  /** Mails to one person about one draft, whoever causes them: what waits is on its pages all the same. */
  mail: { free: 12, wait: 5 * minute, longestWait: 6 * hour, forget: 12 * hour }
} as const satisfies Record<string, Limit>

/** Counts something that is done. @returns a refusal when it was too often */
export async function countFor(
  database: Database,
  what: keyof typeof limits,
  ...of: string[]
): Promise<Refused | undefined> {
  const counted: Counted = { what: `applications-writing.${what}`, of, limit: limits[what] }
  return countAttempt(database, [counted])
}
