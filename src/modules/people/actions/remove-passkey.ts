import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'

export const permission: Permission = ['person']

/** Takes a passkey away: whoever has its device cannot sign in by it any more. */
export async function removePasskey(
  app: { database: Database },
  caller: Caller,
  passkey: string
): Promise<{ removed: true } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const removed = await transaction
      .deleteFrom('people.passkey')
      .where('id', '=', passkey)
      .where('person', '=', person.id)
      .returning('name')
      .executeTakeFirst()
    if (!removed) return refused('not-found')
    await noteAndTell(transaction, person, caller, 'passkey-removed', removed.name)
    return { removed: true }
  })
}
