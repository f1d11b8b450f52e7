import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { confirmWatchOf, watchOfKey } from '../watches-store.server.ts'

/** Whoever has the key was sent it. */
export const permission = 'public'

/** The owner of an address confirms that they want to be told. */
export async function confirmWatch(
  app: { database: Database },
  key: string
): Promise<{ confirmed: true } | Refused> {
  if (!(await watchOfKey(app.database, key))) return refused('not-found')
  await confirmWatchOf(app.database, key)
  return { confirmed: true }
}
