import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { refusalWithoutProof } from './sessions.server.ts'

/** Whoever changes how they sign in: themselves, in a browser, having proved lately who they are. */
export type Owner = { caller: SignedIn; session: string }

/** The caller as the owner of their account, or why not. */
export async function ownerOf(
  app: { database: Database },
  caller: Caller,
  permission: Permission
): Promise<Owner | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const unproved = await refusalWithoutProof(app.database, caller)
  if (unproved) return unproved
  return 'session' in caller.by ? { caller, session: caller.by.session } : refused('not-allowed')
}
