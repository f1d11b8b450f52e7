import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'

export const permission: Permission = ['person']

/** Takes one-time codes away as a second factor. It takes the second factor itself to do so. */
export async function removeCodes(
  app: { database: Database },
  caller: Caller
): Promise<{ removed: boolean } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  if (!owner.caller.secondFactor) return refused('second-factor')
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const { numDeletedRows } = await transaction
      .deleteFrom('people.one_time_code')
      .where('person', '=', person.id)
      .executeTakeFirst()
    if (numDeletedRows > 0n) await noteAndTell(transaction, person, caller, 'codes-removed')
    return { removed: numDeletedRows > 0n }
  })
}
