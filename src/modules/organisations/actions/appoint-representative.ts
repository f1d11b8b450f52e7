import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { giveMemberRole } from '../members/give-member-role.server.ts'
import { writeOutcome } from '../members/letters.server.ts'
import { membersOf } from '../members/members-store.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Who may sign decides who else may. */
export const permission: Permission = ['representative']

/** Lets a member sign for the organisation from now on. @param person people.person, a member */
export async function appointRepresentative(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  person: string
): Promise<{ role: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    if (!(await holdRecord(transaction, organisation))) return refused('not-found')
    const there = await membersOf(transaction, organisation)
    const own = there.find(({ role }) => role === caller.acting?.id)
    // Who stands in for somebody signs, and decides nothing that lasts longer than that.
    if (!own || own.insteadOf !== null) return refused('not-allowed')
    const member = there.find((one) => one.person === person)
    if (!member) return refused('not-found')
    if (there.some((one) => one.person === person && one.as === 'representative' && one.until === null))
      return notNow('organisations.problem.signs-already')
    const role = await giveMemberRole(transaction, person, organisation, 'representative')
    const to = { email: member.email, language: member.language, person }
    await writeOutcome(transaction, to, { organisation, what: 'representative' })
    await record(transaction, {
      act: 'organisations.representative-appointed',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { role, person },
      about: [person]
    })
    return { role }
  })
}
