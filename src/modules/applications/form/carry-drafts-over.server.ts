import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ApplicationForm, Field } from '#modules/programmes'
import { type Programmes, formFor } from '#server/programmes'
import { type JsonObject, type JsonValue, canonicalJson, record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { answersOf } from '../answers-store.server.ts'
import type { Answer } from '../application.ts'
import { type CarriedOver, carryOver } from './carry-over.ts'
import { keepForm, keptForm } from './kept-forms.server.ts'
import { readPath, writePath } from '../path.ts'
import '../applications-tables.server.ts'

type Holding = { database: Database; programmes: Programmes }

/** What a new version of the form did to a draft; no answers. */
export type FormChanges = Pick<CarriedOver, 'moved' | 'changed' | 'added'> & {
  aside: { path: string; why: CarriedOver['aside'][number]['why'] }[]
}

/** Carries every draft that was begun in an earlier version of its form over to the present one. @returns how many */
export async function carryDraftsOver({ database, programmes }: Holding): Promise<number> {
  const writtenIn = await database
    .selectFrom('applications.application')
    .select(['action', 'edition', 'field', 'form_version'])
    .distinct()
    .where('state', '=', 'draft')
    .execute()
  let carried = 0
  for (const { action, edition, field, form_version: version } of writtenIn) {
    const form = formFor(programmes, { action, edition, field })
    if (!form || form.version === version) continue
    for (const id of await draftsIn(database, { action, edition, field, version })) {
      if (await database.transaction().execute((transaction) => carryDraft(transaction, id, form))) carried++
    }
  }
  return carried
}

/** What the present version of the form changed in a draft; undefined when it was begun in it. */
export async function formChanges(
  database: Database,
  application: string,
  version: number
): Promise<FormChanges | undefined> {
  const row = await database
    .selectFrom('applications.carried_over')
    .select('changes')
    .where('application', '=', application)
    .where('to_version', '=', version)
    .executeTakeFirst()
  return row?.changes as FormChanges | undefined
}

async function draftsIn(
  database: Database,
  { action, edition, field, version }: { action: string; edition: number; field: Field; version: number }
): Promise<string[]> {
  const rows = await database
    .selectFrom('applications.application')
    .select('id')
    .where('state', '=', 'draft')
    .where('action', '=', action)
    .where('edition', '=', edition)
    .where('field', '=', field)
    .where('form_version', '=', version)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function carryDraft(transaction: Database, id: string, form: ApplicationForm): Promise<boolean> {
  const draft = await transaction
    .selectFrom('applications.application')
    .select(['code', 'action', 'edition', 'field', 'form_version', 'state', 'outline'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { code, field, form_version: from, outline } = draft
  if (draft.state !== 'draft' || from === form.version) return false
  const { action, edition } = draft
  const old = (await keptForm(transaction, { action, edition, field, version: from })) ?? form
  const answers = await answersOf(transaction, id)
  const carried = carryOver(old, form, answers)
  for (const { path, why } of carried.aside)
    if (why === 'kind') await rename(transaction, id, path, besides(path, from))
  for (const move of carried.moved) await rename(transaction, id, move.from, move.to)
  for (const { path, why } of carried.changed) {
    if (why === 'kind') await turned(transaction, id, path, carried.answers.get(path)!)
  }
  await keepForm(transaction, field, form)
  await transaction
    .updateTable('applications.application')
    .set({ form_version: form.version, outline: outline + 1 })
    .where('id', '=', id)
    .execute()
  const changes = changesOf(carried)
  await transaction
    .insertInto('applications.carried_over')
    .values({
      application: id,
      from_version: from,
      to_version: form.version,
      changes: JSON.stringify(changes)
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await record(transaction, {
    act: 'applications.carried-over',
    by: { system: 'applications.carry-drafts-over' },
    subject: { kind: 'application', id },
    payload: { code, from, to: form.version, changes: changes as unknown as JsonObject }
  })
  return true
}

function changesOf({ moved, changed, aside, added }: CarriedOver): FormChanges {
  return { moved, changed, added, aside: aside.map(({ path, why }) => ({ path, why })) }
}

/** Where an answer is kept that the question of the same name can no longer hold: project-v1.summary. */
function besides(path: string, version: number): string {
  const at = readPath(path)!
  return writePath({ ...at, section: `${at.section}-v${version}` })
}

/** Moves an answer with all its versions. What already stands there stays. */
async function rename(transaction: Database, application: string, from: string, to: string): Promise<void> {
  const { rows } = await sql`
    insert into applications.answer
      (application, path, text, value, version, length, digest, changed_by, changed_at)
    select application, ${to}, text, value, version, length, digest, changed_by, changed_at
    from applications.answer where application = ${application} and path = ${from}
    on conflict do nothing returning path`.execute(transaction)
  if (rows.length === 0) return
  await transaction
    .updateTable('applications.answer_version')
    .set({ path: to })
    .where('application', '=', application)
    .where('path', '=', from)
    .execute()
  await transaction
    .deleteFrom('applications.answer')
    .where('application', '=', application)
    .where('path', '=', from)
    .execute()
}

/** Keeps an answer that became one of another kind as a version of its own, by who answered last. */
async function turned(
  transaction: Database,
  application: string,
  path: string,
  answer: Answer
): Promise<void> {
  const value = JSON.stringify(answer.value)
  const digest = createHash('sha256')
    .update(canonicalJson(answer.value as JsonValue))
    .digest()
  await sql`
    with changed as (
      update applications.answer set value = ${value}::jsonb, version = version + 1, digest = ${digest},
        changed_at = clock_timestamp()
      where application = ${application} and path = ${path}
      returning application, path, version, value, changed_by, changed_at
    )
    insert into applications.answer_version (application, path, version, value, how, saved_by, saved_at)
    select application, path, version, value, 'imported', changed_by, changed_at from changed`.execute(
    transaction
  )
}
