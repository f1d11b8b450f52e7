import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  needsSecondFactor,
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

/**
 * Refuses what would make whoever knows a password alone the one who decides about others: where a role needs a second
 * factor and there is none yet, the first is set up, and the address changed, in a session that a mailed link opened.
 */
export async function refusalBeforeMail(
  database: Database,
  { caller, session }: Owner
): Promise<Refused | undefined> {
  if (caller.secondFactor || !caller.roles.some(needsSecondFactor)) return undefined
  const row = await database
    .selectFrom('people.session')
    .select('mailbox_proved_at')
    .where('id', '=', session)
    .executeTakeFirst()
  return row?.mailbox_proved_at ? undefined : notNow('people.mail-first.text')
}

/** Whether somebody can prove themselves by more than a password: by one-time codes or a passkey. */
export async function hasSecondFactor(database: Database, person: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from people.one_time_code where person = ${person})
      or exists (select from people.passkey where person = ${person}) as has`.execute(database)
  return rows[0]!.has
}
