import { sql } from 'kysely'
import { personOf } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { giveMemberRole } from '../members/give-member-role.server.ts'
import { digestOfLink } from '../members/link.server.ts'
import { invitationOf } from '../members/members-store.server.ts'
import { holdRecord } from '../record/record-store.server.ts'
import { currentRecord } from '../record/current-record.server.ts'

/** Anybody who is signed in and has the link. */
export const permission: Permission = ['person']

/**
 * Accepts an invitation by its link, once. The link was mailed to one address, so having it proves that the mail was
 * read; whether the account has the same address is noted.
 */
export async function acceptInvitation(
  app: { database: Database },
  caller: Caller,
  secret: string
): Promise<{ organisation: string; role: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const open = await invitationOf(transaction, digestOfLink(secret), 'held')
    if (!open) return notNow('organisations.invitation.over')
    // The record may have been merged into another since.
    const organisation = await currentRecord(transaction, open.organisation)
    if (organisation === undefined || !(await holdRecord(transaction, organisation)))
      return refused('not-found')
    const person = await personOf(transaction, caller.person)
    const role = await giveMemberRole(transaction, caller.person, organisation, open.role, open)
    await transaction
      .updateTable('organisations.invitation')
      .set({ accepted_at: sql`clock_timestamp()`, accepted_by: caller.person, email: null })
      .where('id', '=', open.id)
      .execute()
    await record(transaction, {
      act: 'organisations.invitation-accepted',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: {
        invitation: open.id,
        role,
        as: open.role,
        sameAddress: person?.email.toLowerCase() === open.email.toLowerCase()
      },
      about: [caller.person]
    })
    await announce(transaction, 'organisations.joined', {
      organisation,
      person: caller.person,
      as: open.role
    })
    return { organisation, role }
  })
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.joined': { organisation: string; person: string; as: 'member' | 'representative' }
  }
}
