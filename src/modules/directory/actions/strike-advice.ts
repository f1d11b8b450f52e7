import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { z } from 'zod'
import '../directory-tables.server.ts'
import { refusalAsSecond } from '../second-person.server.ts'

/** Never the advisor: striking lets them assess and decide again, so two persons are needed. */
export const permission: Permission = ['officer', 'administrator']

/** Strikes advice that was booked by mistake. It stays on record with the reason; it no longer bars its advisor. */
export async function strikeAdvice(
  app: { database: Database },
  caller: Caller,
  { advice, because }: { advice: string; because: unknown }
): Promise<{ advice: string } | Refused> {
  const booked = await app.database
    .selectFrom('directory.advice')
    .selectAll()
    .where('id', '=', asId(advice))
    .executeTakeFirst()
  // Who asks about another body's advice is not told that there is any.
  if (!booked) return refusalFor(caller, permission, {}) ?? refused('not-found')
  const no = await refusalAsSecond(app, caller, { body: booked.body, first: booked.advisor })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(z.object({ because: line(300) }), { because })
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  if (booked.struck_at) return refused('not-found')
  return app.database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('directory.advice')
      .set({
        struck_at: sql`clock_timestamp()`,
        struck_by: caller.person,
        struck_because: read.data.because
      })
      .where('id', '=', advice)
      .where('struck_at', 'is', null)
      .execute()
    await record(transaction, {
      act: 'directory.advice-struck',
      by: actorOf(caller),
      subject: { kind: 'advice', id: advice },
      payload: { because: read.data.because, advisor: booked.advisor },
      about: [booked.advisor]
    })
    return { advice }
  })
}
