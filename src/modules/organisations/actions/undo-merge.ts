import { sql } from 'kysely'
import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import { announce } from '#shared/events/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { moveBelongings, renewRecord } from '../duplicates/merge-store.server.ts'
import { bodiesOfBoth } from '../duplicates/two-records.server.ts'
import type { Holding } from '../record/insiders.server.ts'
import { holdRecord } from '../record/record-store.server.ts'
import '../organisations-tables.server.ts'

/** As for merging. */
export const permission: Permission = ['officer', 'administrator']

const schema = z.object({ reason: paragraphs(2000) })

/**
 * Makes two records again of one: what was brought over goes back, as far as it is still there, and the code leads
 * to its own record again. What was changed since stays with the record that stayed.
 */
export async function undoMerge(
  app: Holding,
  caller: Caller,
  merge: string,
  given: unknown
): Promise<{ undone: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const done = await transaction
      .selectFrom('organisations.merge')
      .selectAll()
      .where('id', '=', asId(merge))
      .where('undone_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!done) return refused('not-found')
    const { kept, merged, moved } = done
    const within = { ...app, database: transaction }
    const no = refusalFor(caller, permission, { body: await bodiesOfBoth(within, caller, kept, merged) })
    if (no) return no
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const stays = await holdRecord(transaction, kept)
    // The record that stayed was merged itself: that has to be undone first.
    if (!stays) return notNow('organisations.merge.undo-later-first')
    const goes = await transaction
      .selectFrom('organisations.organisation')
      .select(['id', 'code', 'revision', 'shown'])
      .where('id', '=', merged)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (moved.facts.length > 0) {
      await transaction
        .updateTable('organisations.fact')
        .set({ ended_at: sql`clock_timestamp()`, ended_revision: stays.revision + 1 })
        .where('id', 'in', moved.facts)
        .where('ended_at', 'is', null)
        .execute()
    }
    await moveBelongings(transaction, kept, merged, moved)
    const by = { person: caller.person, source: 'officer' } as const
    await renewRecord(transaction, stays, { ...by, act: 'merge-undone' }, null)
    await renewRecord(transaction, goes, { ...by, act: 'merge-undone' }, null)
    await transaction
      .updateTable('organisations.merge')
      .set({ undone_at: sql`clock_timestamp()`, undone_by: caller.person })
      .where('id', '=', merge)
      .execute()
    for (const id of [kept, merged]) {
      await record(transaction, {
        act: 'organisations.merge-undone',
        by: actorOf(caller),
        subject: { kind: 'organisation', id },
        payload: { merge, kept, merged, reason: read.data.reason }
      })
    }
    await announce(transaction, 'organisations.merge-undone', { kept, merged })
    return { undone: merge }
  })
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.merge-undone': { kept: string; merged: string }
  }
}
