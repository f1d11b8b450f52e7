import type { Selectable } from 'kysely'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { SubmissionTable } from './submission-tables.server.ts'
import { type Submission, type SubmissionState, standing } from './submission.ts'

/** A row as the noun. */
export function submissionOf(row: Selectable<SubmissionTable>): Submission {
  const { id, application, call, number, state, entry } = row
  return {
    ...{ id, application, call, number, state, entry },
    receivedAt: row.received_at,
    clockError: row.clock_error,
    acceptedAt: row.accepted_at,
    hash: row.hash.toString('hex'),
    by: row.submitted_by
  }
}

/** All that was handed in of an application, the newest first. */
export async function submissionsOf(database: Database, application: string): Promise<Submission[]> {
  const rows = await database
    .selectFrom('applications.submission')
    .selectAll()
    .where('application', '=', application)
    .orderBy('number', 'desc')
    .execute()
  return rows.map(submissionOf)
}

/** The numbers of the submissions that stand, by application: of drafts those that were taken back to write on. */
export async function numbersStanding(
  database: Database,
  applications: readonly string[]
): Promise<ReadonlyMap<string, number>> {
  if (applications.length === 0) return new Map()
  const rows = await database
    .selectFrom('applications.submission')
    .select(['application', 'number'])
    .where('application', 'in', applications)
    .where('state', 'in', standing)
    .execute()
  return new Map(rows.map(({ application, number }) => [application, number]))
}

/** What forms of applications have handed in before. */
export async function submissionsByForm(
  database: Database,
  { applications, forms }: { applications: readonly string[]; forms: readonly string[] }
): Promise<{ form: string; submission: Submission }[]> {
  const rows = await runPrepared<Selectable<SubmissionTable>>(database, byForm, [applications, forms])
  return rows.map((row) => ({ form: row.form, submission: submissionOf(row) }))
}

const byForm: Prepared = {
  name: 'applications.submissions-by-form',
  text: `
    select * from applications.submission where application = any($1::uuid[]) and form = any($2::uuid[])`
}

/** The submission that stands, locked until the transaction ends. */
export async function lockStanding(
  transaction: Database,
  application: string
): Promise<Submission | undefined> {
  const row = await transaction
    .selectFrom('applications.submission')
    .selectAll()
    .where('application', '=', application)
    .where('state', 'in', standing)
    .forUpdate()
    .executeTakeFirst()
  return row && submissionOf(row)
}

/** Says what became of a submission, and by whom. */
export async function changeState(
  transaction: Database,
  submission: string,
  { state, by }: { state: SubmissionState; by: string }
): Promise<void> {
  await transaction
    .updateTable('applications.submission')
    .set((is) => ({ state, changed_by: by, changed_at: is.fn('clock_timestamp', []) }))
    .where('id', '=', submission)
    .execute()
}

/** The names of all organisations that ever took part in an application. */
export async function everTakingPart(database: Database, application: string): Promise<string[]> {
  const rows = await database
    .selectFrom('applications.participant')
    .select('name')
    .where('application', '=', application)
    .orderBy('position')
    .execute()
  return rows.map(({ name }) => name)
}
