import type { Database } from '#shared/database/index.ts'
import { refused, type Refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { sayNarrowed } from '../narrowed.server.ts'
import '../people-tables.server.ts'

export const permission: Permission = ['person']

/** Acts in another of one's own roles from now on, in this session; '' acts as oneself only. */
export async function switchRole(
  app: { database: Database },
  caller: Caller,
  role: string
): Promise<{ acting: string | undefined } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!('session' in caller.by)) return refused('not-allowed')
  const held = caller.roles.find(({ id }) => id === role)
  if (role !== '' && !held) return refused('not-found')
  await app.database
    .updateTable('people.session')
    .set({ acting_role: held?.id ?? null })
    .where('id', '=', caller.by.session)
    .execute()
  await sayNarrowed(app.database)
  return { acting: held?.id }
}
