import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import '../directory-tables.server.ts'
import { forgetOnRecord } from '../on-record.server.ts'

/** Administrators. */
export const permission: Permission = ['administrator']

/**
 * Strikes a mandate that was written down by mistake and never held. One that held and ended gets a last day instead
 * (save-mandate), so that past questions are still answered.
 */
export async function strikeMandate(
  app: { database: Database },
  caller: Caller,
  { body, mandate }: { body: string; mandate: string }
): Promise<{ mandate: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const saved = await app.database.transaction().execute(async (transaction) => {
    const struck = await transaction
      .updateTable('directory.mandate')
      .set({
        struck_at: sql`clock_timestamp()`,
        edited_at: sql`clock_timestamp()`,
        edited_by: caller.person
      })
      .where(sql<string>`id::text`, '=', mandate)
      .where('body', '=', body)
      .where('struck_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!struck) return refused('not-found')
    await record(transaction, {
      act: 'directory.mandate-struck',
      by: actorOf(caller),
      subject: { kind: 'body', id: body },
      payload: { mandate }
    })
    return { mandate }
  })
  forgetOnRecord(app.database)
  return saved
}
