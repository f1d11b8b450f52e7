import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type YearPlan, emptyPlan } from './year-plan.ts'

/** The plan of a year in a revision; revision 0 is the empty plan that nobody wrote. */
export type KeptPlan = {
  revision: number
  plan: YearPlan
  by: string | undefined
  at: Temporal.Instant | undefined
}

/** The newest plan of a year. */
export async function planOf(database: Database, edition: number): Promise<KeptPlan> {
  const row = await database
    .selectFrom('calls.year_revision')
    .selectAll()
    .where('edition', '=', edition)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row
    ? { revision: row.number, plan: row.plan, by: row.saved_by, at: row.saved_at }
    : { revision: 0, plan: emptyPlan, by: undefined, at: undefined }
}

/** The plan of a year as it was in a revision; undefined when it never had it. */
export async function planInRevision(
  database: Database,
  edition: number,
  revision: number
): Promise<YearPlan | undefined> {
  if (revision === 0) return emptyPlan
  const row = await database
    .selectFrom('calls.year_revision')
    .select('plan')
    .where('edition', '=', edition)
    .where('number', '=', revision)
    .executeTakeFirst()
  return row?.plan
}

/** Keeps the plan of a year from others until the transaction ends. */
export async function lockYear(transaction: Database, edition: number): Promise<void> {
  await transaction
    .insertInto('calls.year')
    .values({ edition })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await transaction
    .selectFrom('calls.year')
    .select('edition')
    .where('edition', '=', edition)
    .forUpdate()
    .execute()
}

export async function savePlan(
  transaction: Database,
  edition: number,
  { revision, plan, by }: { revision: number; plan: YearPlan; by: string }
): Promise<void> {
  await transaction
    .insertInto('calls.year_revision')
    .values({ edition, number: revision, plan: JSON.stringify(plan), saved_by: by })
    .execute()
  await transaction.updateTable('calls.year').set({ revision }).where('edition', '=', edition).execute()
}

/** What published calls of an edition offer. */
export async function offersOf(
  database: Database,
  edition: number
): Promise<
  { body: string; actions: string[]; cents: number | null; byAction: { of: string; cents: number }[] }[]
> {
  const { rows } = await sql<{
    body: string
    terms: {
      actions: { action: string }[]
      budget: { cents: number | null; splits: { by: string; parts: { of: string; cents: number }[] }[] }
    }
  }>`
    select c.body, r.terms from calls.call c
    join calls.revision r on r.call = c.id and r.number = c.published_revision
    where c.edition = ${edition}`.execute(database)
  return rows.map(({ body, terms }) => ({
    body,
    actions: terms.actions.map(({ action }) => action),
    cents: terms.budget.cents,
    byAction: terms.budget.splits.find(({ by }) => by === 'action')?.parts ?? []
  }))
}
