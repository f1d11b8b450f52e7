import { sql } from 'kysely'
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

/**
 * Whoever changes how they sign in: themselves, in a browser, having proved lately who they are; with their second
 * factor, once they have one, since a password alone must not add another beside it or take it away.
 */
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
  if (!caller.secondFactor && (await hasSecondFactor(app.database, caller.person)))
    return refused('second-factor')
  return 'session' in caller.by ? { caller, session: caller.by.session } : refused('not-allowed')
}

/** Whether somebody can prove themselves by more than a password: by one-time codes or a passkey. */
export async function hasSecondFactor(database: Database, person: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from people.one_time_code where person = ${person})
      or exists (select from people.passkey where person = ${person}) as has`.execute(database)
  return rows[0]!.has
}
