import type { Temporal } from 'temporal-polyfill'
import { endRole, grantRole } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { membersOf } from './members-store.server.ts'
import type { MemberRole } from './membership.ts'

/**
 * Gives somebody a role in an organisation. Who may sign for it need not be a member besides: that role ends where
 * the new one begins at once and for good.
 * @returns people.role
 */
export async function giveMemberRole(
  transaction: Database,
  person: string,
  organisation: string,
  as: MemberRole,
  period: { from?: Temporal.Instant | undefined; until?: Temporal.Instant | undefined } = {}
): Promise<string> {
  const { from, until } = period
  const role = await grantRole(
    transaction,
    person,
    { role: as, organisation },
    { ...(from && { from }), ...(until && { until }) }
  )
  if (as === 'representative' && !from && !until) {
    const before = await membersOf(transaction, organisation)
    for (const member of before) {
      if (member.person === person && member.as === 'member') await endRole(transaction, member.role)
    }
  }
  return role
}
