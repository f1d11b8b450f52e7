import type { Database } from '#shared/database/index.ts'
import type { Body, Unit } from './body.ts'
import { type Fields, bodyFields, mandateFields, unitFields } from './edited.ts'
import type { MandateOnRecord } from './mandate.ts'
import './directory-tables.server.ts'

/** Something that is about to be changed. */
type Before =
  | { subject: 'body'; was: Body }
  | { subject: 'unit'; was: Unit }
  | { subject: 'mandate'; was: MandateOnRecord }

/** Keeps what a body, unit or mandate said until now. @param by who changes it; left out: what is shipped did */
export async function keepEarlier(
  transaction: Database,
  { subject, was }: Before,
  by?: string
): Promise<void> {
  await transaction
    .insertInto('directory.earlier')
    .values({
      subject,
      id: was.id,
      revision: was.revision,
      // Days are written as ISO text.
      state: JSON.stringify(was),
      changed_by: by ?? null
    })
    .execute()
}

/** What something said before it was changed, as its form would show it. */
export type Earlier = { revision: number; until: string; by: string | null; fields: Fields }

const fieldsOf = { body: bodyFields, unit: unitFields, mandate: mandateFields } as Record<
  Before['subject'],
  (state: never) => Fields
>

/** The earlier states of something, the last first. */
export async function earlierOf(
  database: Database,
  subject: Before['subject'],
  id: string
): Promise<Earlier[]> {
  const rows = await database
    .selectFrom('directory.earlier')
    .select(['revision', 'until_at', 'changed_by', 'state'])
    .where('subject', '=', subject)
    .where('id', '=', id)
    .orderBy('revision', 'desc')
    .execute()
  return rows.map(({ revision, until_at, changed_by, state }) => ({
    revision,
    until: until_at.toString(),
    by: changed_by,
    fields: fieldsOf[subject](state as never)
  }))
}
