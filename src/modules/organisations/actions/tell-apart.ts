import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { bodiesOfBoth, holdBoth } from '../duplicates/two-records.server.ts'
import type { Holding } from '../record/insiders.server.ts'
import '../organisations-tables.server.ts'

/** As for merging. */
export const permission: Permission = ['officer', 'administrator']

const schema = z.object({ reason: paragraphs(2000) })

/** Notes that two records are two organisations, so that nobody has to look at them again. */
export async function tellApart(
  app: Holding,
  caller: Caller,
  { one, other, given }: { one: string; other: string; given: unknown }
): Promise<{ apart: true } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const within = { ...app, database: transaction }
    const no = refusalFor(caller, permission, { body: await bodiesOfBoth(within, caller, one, other) })
    if (no) return no
    if (!(await holdBoth(transaction, one, other))) return refused('not-found')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const [first, second] = [one, other].sort() as [string, string]
    const noted = { by_person: caller.person, reason: read.data.reason }
    await transaction
      .insertInto('organisations.told_apart')
      .values({ one: first, other: second, ...noted })
      .onConflict((conflict) => conflict.columns(['one', 'other']).doUpdateSet(noted))
      .execute()
    await record(transaction, {
      act: 'organisations.told-apart',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: one },
      payload: { one, other, reason: read.data.reason }
    })
    return { apart: true }
  })
}
