import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { grantRole, hasConfirmed, rolesIn } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type Invitation, openInvitation } from '../invitation.server.ts'
import { invitationDays } from '../limits.ts'
import { settlePosts } from '../officers.server.ts'
import { standIn } from '../substitution.server.ts'

/** Whoever has the link, once they are signed in to the account of the address it was sent to. */
export const permission: Permission = ['person']

export type Accepted = { body: string; role: string }

/**
 * Accepts an invitation: from now on, or within the days of the substitution, the person works for the body. A mail
 * that was passed on makes nobody else an officer. As an officer they act only with a second factor.
 */
export async function acceptInvitation(
  app: { database: Database },
  caller: Caller,
  secret: string
): Promise<Accepted | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const invitation = await openInvitation(transaction, secret, 'to-accept')
    if (!invitation) return notNow('directory.invitation.closed', { days: invitationDays })
    if (!(await hasConfirmed(transaction, caller.person, invitation.email)))
      return notNow('directory.invitation.another-address')
    const role = await begin(transaction, caller, invitation)
    if (isRefused(role)) return role
    await transaction
      .updateTable('directory.invitation')
      .set({ accepted_by: caller.person, accepted_at: sql`clock_timestamp()` })
      .where('id', '=', invitation.id)
      .execute()
    await record(transaction, {
      act: 'directory.officer-began',
      by: actorOf(caller),
      subject: { kind: 'body', id: invitation.body },
      payload: {
        invitation: invitation.id,
        person: caller.person,
        head: invitation.head,
        units: invitation.units
      },
      about: [caller.person]
    })
    return { body: invitation.body, role }
  })
}

async function begin(
  transaction: Database,
  caller: SignedIn,
  { body, head, units, insteadOf, invitedBy }: Invitation
): Promise<string | Refused> {
  if (!insteadOf) {
    const role = await grantRole(transaction, caller.person, { role: 'officer', body })
    await settlePosts(transaction, { body, person: caller.person, head, units, by: invitedBy })
    return role
  }
  const officer = (await rolesIn(transaction, { body })).find(({ held }) => held.id === insteadOf.role)
  const now = await databaseNow(transaction)
  if (!officer || Temporal.Instant.compare(insteadOf.until, now) <= 0)
    return notNow('directory.invitation.closed', { days: invitationDays })
  if (officer.person === caller.person) return notNow('directory.substitute.oneself')
  const { from, until, reason } = insteadOf
  return standIn(transaction, {
    body,
    officer: { person: officer.person, role: officer.held.id },
    substitute: caller.person,
    from: from.toString(),
    until: until.toString(),
    reason,
    by: invitedBy
  })
}
