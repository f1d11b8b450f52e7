import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { isHead } from './officers.server.ts'
import { bodyOnRecord } from './store.server.ts'

/**
 * Whether the caller may look after a body's officers and units: its head, or an administrator. The permission of
 * such an action is ['officer', 'administrator']; among officers only the head may.
 */
export async function refusalAsHead(
  app: { database: Database },
  caller: Caller,
  permission: Permission,
  body: string
): Promise<Refused | { caller: SignedIn }> {
  const no = refusalFor(caller, permission, { body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!(await bodyOnRecord(app.database, body))) return refused('not-found')
  if (caller.acting?.role === 'officer' && !(await isHead(app.database, caller, body))) {
    return notNow('directory.officers.only-head')
  }
  return { caller }
}
