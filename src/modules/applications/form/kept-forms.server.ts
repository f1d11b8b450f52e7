import type { ApplicationForm, Field } from '#modules/programmes'
import type { Database } from '#shared/database/index.ts'
import './forms-tables.server.ts'

/** Which form: by the terms of a call, of one of its actions in a field, in a version. */
export type FormName = { terms: string; action: string; field: Field; version: number }

/** Keeps a form that an application is written in: files of programmes only hold the present version. */
export async function keepForm(database: Database, name: FormName, form: ApplicationForm): Promise<void> {
  await database
    .insertInto('applications.kept_form')
    .values({ ...name, form: JSON.stringify(form) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A form as it was; undefined when nothing was ever written in it. */
export async function keptForm(
  database: Database,
  { terms, action, field, version }: FormName
): Promise<ApplicationForm | undefined> {
  const row = await database
    .selectFrom('applications.kept_form')
    .select('form')
    .where('terms', '=', terms)
    .where('action', '=', action)
    .where('field', '=', field)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.form as ApplicationForm | undefined
}

/** The forms that an application was written in before something was changed in it by another, in their order. */
export async function formsBefore(
  database: Database,
  { id, action, field }: { id: string; action: string; field: Field }
): Promise<ApplicationForm[]> {
  const rows = await database
    .selectFrom('applications.carried_over as c')
    .innerJoin('applications.kept_form as k', (join) =>
      join.onRef('k.terms', '=', 'c.from_terms').onRef('k.version', '=', 'c.from_version')
    )
    .select('k.form')
    .where('c.application', '=', id)
    .where('k.action', '=', action)
    .where('k.field', '=', field)
    .orderBy('c.at')
    .execute()
  return rows.map(({ form }) => form as ApplicationForm)
}
