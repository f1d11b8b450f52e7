import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { ApplicationForm } from '#modules/programmes'
import { callTaking, callUnderTerms } from '#server/calls'
import type { Programmes } from '#server/programmes'
import { type JsonObject, record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { answersOf } from '../answers-store.server.ts'
import type { Answer } from '../application.ts'
import { formUnder } from '../form-of-draft.server.ts'
import { discussedPaths, moveDiscussed } from '../writing/move-discussed.server.ts'
import { type CarriedOver, carryOver } from './carry-over.ts'
import { fieldAt } from './filled.ts'
import { type FormName, keepForm, keptForm } from './kept-forms.server.ts'
import { moveAnswers, turnAnswer } from './move-answers.server.ts'
import { type NewPlaces, newPlaces, type Standing } from './new-places.ts'
import '../applications-tables.server.ts'

type Holding = { database: Database; programmes: Programmes }

/** What a new version of the form did to a draft; no answers. */
export type FormChanges = Pick<CarriedOver, 'moved' | 'changed' | 'added'> & {
  aside: { path: string; why: CarriedOver['aside'][number]['why'] }[]
}

/** Drafts that are written in the same form. */
type Written = FormName & { call: string; edition: number }
/** What they are written in from now on. */
type Present = { terms: string; form: ApplicationForm }

/**
 * Carries every draft over to what holds now: the terms that its call has published last, and the version of the form
 * that the files have. One whose action the call opens no more stays as it is; it cannot be handed in.
 * @param call the code of one call; left out: all
 * @returns how many were carried over
 */
export async function carryDraftsOver(app: Holding, call?: string): Promise<number> {
  const behind: { written: Written; present: Present; call: string }[] = []
  for (const written of await writtenIn(app.database, call)) {
    const now = await callTaking(app, written.call)
    const applied = now && (await callUnderTerms(app, now.terms))
    if (!now || !applied?.actions.includes(written.action)) continue
    const present = { terms: now.terms, form: formUnder(applied, { ...written, code: written.call }) }
    if (present.terms === written.terms && present.form.version === written.version) continue
    behind.push({ written, present, call: now.id })
  }
  // A listener does all of it in one transaction.
  if (call !== undefined && behind.length > 1) await lockDrafts(app.database, call)
  let carried = 0
  for (const one of behind) carried += await carryAlike(app.database, one.written, one.present, one.call)
  return carried
}

/** In the order in which handing in locks them: who waits for the other waits for nobody else. */
async function lockDrafts(transaction: Database, call: string): Promise<void> {
  await transaction
    .selectFrom('applications.application')
    .select('id')
    .where('call', '=', call)
    .where('state', '=', 'draft')
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** What the last change of the form did to a draft; undefined while it is written in the one it was begun in. */
export async function formChanges(database: Database, application: string): Promise<FormChanges | undefined> {
  const row = await database
    .selectFrom('applications.carried_over')
    .select('changes')
    .where('application', '=', application)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.changes as FormChanges | undefined
}

async function writtenIn(database: Database, call: string | undefined): Promise<Written[]> {
  return database
    .selectFrom('applications.application')
    .select(['call', 'terms', 'action', 'edition', 'field', 'form_version as version'])
    .distinct()
    .where('state', '=', 'draft')
    .$if(call !== undefined, (query) => query.where('call', '=', call!))
    .execute()
}

/** Most corrigenda change no question: then all follow at once, and nothing of what is written is touched. */
async function carryAlike(
  database: Database,
  written: Written,
  present: Present,
  call: string
): Promise<number> {
  const old = await keptForm(database, written)
  if (old && asksTheSame(old, present.form)) {
    return database.transaction().execute((transaction) => followTerms(transaction, written, present, call))
  }
  let carried = 0
  for (const { id } of await draftsIn(database, written).execute()) {
    if (await database.transaction().execute((transaction) => carryDraft(transaction, id, present))) carried++
  }
  return carried
}

/** Whether two forms ask the same; what rules allow of an answer changes no question. */
function asksTheSame(one: ApplicationForm, other: ApplicationForm): boolean {
  const asked = (form: ApplicationForm): unknown =>
    JSON.parse(JSON.stringify(form, (key, value: unknown) => (key === 'limits' ? undefined : value)))
  return isDeepStrictEqual(asked(one), asked(other))
}

function draftsIn(database: Database, written: Written) {
  return database
    .selectFrom('applications.application')
    .select('id')
    .where(
      sql<boolean>`state = 'draft' and call = ${written.call} and terms = ${written.terms}
        and action = ${written.action} and field = ${written.field} and form_version = ${written.version}`
    )
    .orderBy('id')
}

async function followTerms(
  transaction: Database,
  written: Written,
  { terms, form }: Present,
  call: string
): Promise<number> {
  const { action, field } = written
  // In the order in which handing in locks them, and before the form, as a draft that is carried over by itself.
  const rows = await draftsIn(transaction, written).forUpdate().execute()
  if (rows.length === 0) return 0
  await keepForm(transaction, { terms, action, field, version: form.version }, form)
  await transaction
    .updateTable('applications.application')
    .set({ terms, outline: sql`outline + 1` })
    .where('id', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute()
  await record(transaction, {
    act: 'applications.followed-terms',
    by: { system: 'applications.carry-drafts-over' },
    subject: { kind: 'call', id: call },
    payload: { code: written.call, from: written.terms, to: terms, drafts: rows.length }
  })
  return rows.length
}

async function carryDraft(transaction: Database, id: string, { terms, form }: Present): Promise<boolean> {
  const draft = await transaction
    .selectFrom('applications.application')
    .select(['code', 'terms', 'action', 'field', 'form_version', 'state', 'outline'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { code, action, field, outline } = draft
  const from = { terms: draft.terms, version: draft.form_version }
  const to = { terms, version: form.version }
  if (draft.state !== 'draft' || isDeepStrictEqual(from, to)) return false
  const old = (await keptForm(transaction, { ...from, action, field })) ?? form
  const answers = await answersOf(transaction, id)
  const carried = carryOver(old, form, answers)
  const places = newPlaces(carried, { old, form }, await standingIn(transaction, id, answers))
  await moveAll(transaction, id, carried, places)
  await keepForm(transaction, { ...to, action, field }, form)
  await transaction
    .updateTable('applications.application')
    .set({ terms, form_version: to.version, outline: outline + 1 })
    .where('id', '=', id)
    .execute()
  const changes = changesOf(carried, places, old)
  // What is kept beside the draft names the form by its number among these rows (newPlaces).
  const isNews = places.beside.size > 0 || Object.values(changes).some((list) => list.length > 0)
  if (!isNews) return true
  await transaction
    .insertInto('applications.carried_over')
    .values({
      application: id,
      ...{ from_terms: from.terms, from_version: from.version, to_terms: terms, to_version: to.version },
      changes: JSON.stringify(changes)
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await record(transaction, {
    act: 'applications.carried-over',
    by: { system: 'applications.carry-drafts-over' },
    subject: { kind: 'application', id },
    payload: { code, from, to, changes: changes as unknown as JsonObject }
  })
  return true
}

async function standingIn(
  transaction: Database,
  application: string,
  answers: ReadonlyMap<string, Answer>
): Promise<Standing> {
  return {
    answers,
    discussed: await discussedPaths(transaction, application),
    carried: await timesCarried(transaction, application)
  }
}

/** Answers go where their questions are now, and what hangs on them with them. */
async function moveAll(
  transaction: Database,
  id: string,
  { changed, answers }: CarriedOver<Answer>,
  places: NewPlaces
): Promise<void> {
  await moveAnswers(transaction, id, places.answers)
  for (const { path, why } of changed) {
    if (why === 'kind') await turnAnswer(transaction, id, path, answers.get(path)!)
  }
  await moveDiscussed(transaction, id, places)
}

async function timesCarried(transaction: Database, application: string): Promise<number> {
  const rows = await transaction
    .selectFrom('applications.carried_over')
    .select('at')
    .where('application', '=', application)
    .execute()
  return rows.length
}

/** What had no place before is no news, unless it was laid elsewhere now. */
function changesOf(
  { moved, changed, aside, added }: CarriedOver,
  { beside }: NewPlaces,
  old: ApplicationForm
): FormChanges {
  const left = aside.filter(({ path }) => fieldAt(old, path) !== undefined || beside.has(path))
  return { moved, changed, added, aside: left.map(({ path, why }) => ({ path, why })) }
}
