import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import '../directory-tables.server.ts'
import { refusalAsHead } from '../head-of-body.server.ts'

/** The head of the body, an administrator, or the officer who invited. */
export const permission: Permission = ['officer', 'administrator']

/** Withdraws an invitation that nobody accepted yet: its link no longer opens anything. */
export async function withdrawInvitation(
  app: { database: Database },
  caller: Caller,
  invitation: string
): Promise<{ invitation: string } | Refused> {
  const found = await app.database
    .selectFrom('directory.invitation')
    .select(['body', 'invited_by'])
    .where('id', '=', asId(invitation))
    .executeTakeFirst()
  const no = refusalFor(caller, permission, { body: found?.body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!found) return refused('not-found')
  if (found.invited_by !== caller.person) {
    const may = await refusalAsHead(app, caller, permission, found.body)
    if (isRefused(may)) return may
  }
  return app.database.transaction().execute(async (transaction) => {
    const done = await transaction
      .updateTable('directory.invitation')
      .set({ withdrawn_at: sql`clock_timestamp()` })
      .where('id', '=', invitation)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!done) return refused('not-found')
    await record(transaction, {
      act: 'directory.invitation-withdrawn',
      by: actorOf(caller),
      subject: { kind: 'body', id: found.body },
      payload: { invitation }
    })
    return { invitation }
  })
}
