import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import { makeRecoveryCodes } from '../recovery-codes.server.ts'

export const permission: Permission = ['person']

/** Makes new recovery codes; those from before end. It takes the second factor to do so. */
export async function renewRecoveryCodes(
  app: { database: Database },
  caller: Caller
): Promise<{ recoveryCodes: string[] } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  if (!owner.caller.secondFactor) return refused('second-factor')
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const recoveryCodes = await makeRecoveryCodes(transaction, person.id)
    await noteAndTell(transaction, person, caller, 'recovery-codes-made')
    return { recoveryCodes }
  })
}
