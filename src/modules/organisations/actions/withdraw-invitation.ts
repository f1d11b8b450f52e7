import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { invitationBy } from '../members/members-store.server.ts'

export const permission: Permission = ['member']

/** Takes an invitation back that nobody accepted yet: its link opens nothing any more. */
export async function withdrawInvitation(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  invitation: string
): Promise<{ withdrawn: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const open = await invitationBy(transaction, invitation)
    if (open?.organisation !== organisation) return refused('not-found')
    await transaction
      .updateTable('organisations.invitation')
      .set({ withdrawn_at: sql`clock_timestamp()`, email: null })
      .where('id', '=', invitation)
      .execute()
    await record(transaction, {
      act: 'organisations.invitation-withdrawn',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { invitation }
    })
    return { withdrawn: invitation }
  })
}
