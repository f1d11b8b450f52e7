import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import './submission-tables.server.ts'

/** How many claims somebody made in an application. */
export async function countClaims(database: Database, application: string, by: string): Promise<number> {
  const { count } = await database
    .selectFrom('applications.attempt')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('application', '=', application)
    .where('made_by', '=', by)
    .where('known_by', '=', 'claim')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Keeps a claim. @returns false where the same form came before: it changes nothing */
export async function insertClaim(
  database: Database,
  { id, call }: Outline,
  claim: { what: 'save' | 'submit'; at: Temporal.Instant; why: string; form: string; by: string }
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('applications.attempt')
    .values({
      ...{ application: id, call, made_by: claim.by, what: claim.what, why: claim.why, form: claim.form },
      ...{ known_by: 'claim', outcome: 'failed', at: claim.at.toString() }
    })
    .onConflict((conflict) => conflict.column('form').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
