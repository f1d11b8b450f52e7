import type { ApplicationForm, Field } from '#modules/programmes'
import type { Database } from '#shared/database/index.ts'
import './forms-tables.server.ts'

/** Keeps a version of a form that an application is written in: files of programmes only hold the present one. */
export async function keepForm(database: Database, field: Field, form: ApplicationForm): Promise<void> {
  const { action, edition, version } = form
  await database
    .insertInto('applications.kept_form')
    .values({ action, edition, field, version, form: JSON.stringify(form) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A version of a form as it was; undefined when nothing was ever written in it. */
export async function keptForm(
  database: Database,
  { action, edition, field, version }: { action: string; edition: number; field: Field; version: number }
): Promise<ApplicationForm | undefined> {
  const row = await database
    .selectFrom('applications.kept_form')
    .select('form')
    .where('action', '=', action)
    .where('edition', '=', edition)
    .where('field', '=', field)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.form as ApplicationForm | undefined
}
