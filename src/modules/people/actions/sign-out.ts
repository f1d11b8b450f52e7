import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { endCeremonies } from '../ceremonies.server.ts'
import { closeSession } from '../sessions.server.ts'

export const permission: Permission = ['person']

/**
 * Ends the session in which somebody comes, and what their browser is in the middle of: whoever uses it next has
 * nothing to do with it.
 * @param ceremony the browser's secret of that
 */
export async function signOut(
  app: { database: Database },
  caller: Caller,
  ceremony?: string
): Promise<{ ended: 1 } | Refused> {
  await endCeremonies(app.database, ceremony)
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!('session' in caller.by)) return refused('not-allowed')
  await closeSession(app.database, caller.by.session)
  return { ended: 1 }
}
