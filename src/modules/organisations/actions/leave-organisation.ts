import { endRole } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { membersOf } from '../members/members-store.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Whoever works there. */
export const permission: Permission = ['member']

/** Ends all of one's own roles in an organisation. @returns how many people are left */
export async function leaveOrganisation(
  app: { database: Database },
  caller: Caller,
  organisation: string
): Promise<{ left: number } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    if (!(await holdRecord(transaction, organisation))) return refused('not-found')
    const there = await membersOf(transaction, organisation)
    for (const { person, role } of there) if (person === caller.person) await endRole(transaction, role)
    const after = await membersOf(transaction, organisation)
    const left = new Set(after.map(({ person }) => person)).size
    await record(transaction, {
      act: 'organisations.left',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { left },
      about: [caller.person]
    })
    await announce(transaction, 'organisations.left', { organisation, person: caller.person, left })
    return { left }
  })
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.left': { organisation: string; person: string; left: number }
  }
}
