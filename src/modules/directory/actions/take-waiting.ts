import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { waitingNow } from '../waiting.server.ts'

/** An officer of the body at which it waits. */
export const permission: Permission = ['officer']

/** An officer takes something that waits upon themselves, or lets go of it again, so that two do not do the same. */
export async function takeWaiting(
  app: { database: Database },
  caller: Caller,
  { waiting, taken }: { waiting: string; taken: 'by-me' | 'by-nobody' }
): Promise<{ waiting: string } | Refused> {
  const found = await waitingNow(app.database, waiting)
  const no = refusalFor(caller, permission, { body: found?.body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!found) return refused('not-found')
  return app.database.transaction().execute(async (transaction) => {
    const mine = taken === 'by-me'
    const done = await transaction
      .updateTable('directory.waiting')
      .set({
        taken_by: mine ? caller.person : null,
        taken_at: mine ? sql<string>`clock_timestamp()` : null
      })
      .where('id', '=', waiting)
      .where('settled_at', 'is', null)
      // Nobody takes away what a colleague has taken; only they let go of it.
      .where((where) => where.or([where('taken_by', 'is', null), where('taken_by', '=', caller.person)]))
      .returning('id')
      .executeTakeFirst()
    if (!done) return notNow('directory.desk.taken-already')
    await record(transaction, {
      act: mine ? 'directory.waiting-taken' : 'directory.waiting-let-go',
      by: actorOf(caller),
      subject: { kind: 'waiting', id: waiting },
      payload: { body: found.body, kind: found.kind, subject: found.subject }
    })
    return { waiting }
  })
}
