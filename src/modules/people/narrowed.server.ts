import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type Database, type Saying, atCommit } from '#shared/database/index.ts'

// By name, because the site's bundle holds a second copy of this module.
const name = 'kopa:access-narrowed'
const narrowed = channel(name)

/**
 * Says in this process that somebody may do less than a moment ago: a session, a token or a role has ended. In a
 * transaction it is said once that is committed.
 */
export async function sayNarrowed(database: Database): Promise<void> {
  if (database.isTransaction) await atCommit(database, narrowing, null)
  else narrowed.publish(null)
}

const narrowing: Saying<null> = {
  name: 'people.access-narrowed',
  statements: () => [],
  committed: () => narrowed.publish(null)
}

/**
 * Hears in this process when somebody may do less than before, to ask anew about those who stay: nobody is named.
 * What happens at another server is not heard.
 * @returns what ends it
 */
export function whenNarrowed(hear: () => void): () => void {
  subscribe(name, hear)
  return () => unsubscribe(name, hear)
}
