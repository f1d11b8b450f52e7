import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { endRole } from '../roles.server.ts'
import { rolesToGive } from './give-role.ts'

export const permission: Permission = ['administrator']

/** Ends the role of an expert or an administrator. One administrator stays: nobody could make another. */
export async function endGivenRole(
  app: { database: Database },
  caller: Caller,
  role: string
): Promise<{ ended: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    // Two administrators who end each other at once come one after the other.
    const held = await transaction
      .selectFrom('people.role')
      .select([sql<string>`id::text`.as('id'), 'person', 'role'])
      .where('role', 'in', rolesToGive)
      .where('from_at', '<=', sql<never>`clock_timestamp()`)
      .where((where) =>
        where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
      )
      .orderBy('id')
      .forUpdate()
      .execute()
    const ending = held.find(({ id }) => id === role)
    if (!ending) return refused('not-found')
    const administrators = new Set(held.flatMap((one) => (one.role === 'administrator' ? [one.person] : [])))
    if (ending.role === 'administrator' && administrators.size === 1)
      return notNow('people.roles.last-administrator')
    await endRole(transaction, ending.id)
    await record(transaction, {
      act: 'people.role-ended',
      by: actorOf(caller),
      subject: { kind: 'person', id: ending.person },
      payload: { role: ending.role, held: ending.id },
      about: [ending.person]
    })
    return { ended: ending.id }
  })
}
