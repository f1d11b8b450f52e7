import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { talk } from '../writing/discussed.server.ts'

export const permission = ofTheConsortium

/** Settles a talk, or opens it again. Done twice it changes nothing. */
export async function settleComment(
  app: { database: Database },
  caller: Caller,
  application: string,
  comment: string,
  state: 'settled' | 'open'
): Promise<{ state: 'settled' | 'open' } | Refused> {
  return talk(app, caller, application, async ({ transaction, outline, who }) => {
    const settled = state === 'settled'
    const done = await transaction
      .updateTable('applications.comment')
      .set({
        settled_by: settled ? who.person : null,
        settled_at: settled ? sql<string>`coalesce(settled_at, clock_timestamp())` : null
      })
      .where('id', '=', comment)
      .where('application', '=', outline.id)
      .where('answers', 'is', null)
      .executeTakeFirst()
    return done.numUpdatedRows > 0n ? { state } : refused('not-found')
  })
}
