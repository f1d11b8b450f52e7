import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { noteChange } from '../changes.server.ts'
import { sayNarrowed } from '../narrowed.server.ts'

export const permission: Permission = ['person']

/** Ends a token of the caller's, at once and for good. */
export async function revokeToken(
  app: { database: Database },
  caller: Caller,
  token: string
): Promise<{ revoked: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const revoked = await transaction
      .updateTable('people.token')
      .set({ revoked_at: sql`clock_timestamp()` })
      .where((where) => where(where.cast<string>('id', 'text'), '=', token))
      .where('person', '=', caller.person)
      .where('revoked_at', 'is', null)
      .returning(['id', 'name'])
      .executeTakeFirst()
    if (!revoked) return refused('not-found')
    await sayNarrowed(transaction)
    const { id, name } = revoked
    await noteChange(transaction, caller.person, caller, 'token-revoked', { token: id, named: name })
    return { revoked: id }
  })
}
