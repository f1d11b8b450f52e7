import type { JsonValue } from '#shared/audit/index.ts'
import type { FormQuestion } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { answersOf } from '../answers-store.server.ts'
import type { Outline } from '../application.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { fieldAt } from '../form/filled.ts'
import { isText, readValue } from '../form/read-value.server.ts'
import { readPath, writePath } from '../path.ts'
import { forget, latestOf } from './latest.server.ts'
import type { Asking } from './outlines.server.ts'
import { tidied, tidiedLine } from './typed-text.ts'
import type { Save } from './wire.ts'

/** A save as it was given, as it fits the question at its path, and how a text is kept there. */
export type Fitting = { given: Save; save: Save; tidy: (text: string) => string }

/**
 * What a save says to the question that is asked there: a value is kept as the form reads it.
 * @param options.file the value names a file that was uploaded there
 */
export async function fitting(
  app: { database: Database; programmes: Programmes },
  outline: Outline,
  { path, save, asking = 'lately' }: { path: string; save: Save; asking?: Asking },
  { file = false }: { file?: boolean } = {}
): Promise<Fitting | Refused> {
  const field = await fieldThatStands(app, outline, path, asking)
  if (isRefused(field)) return field
  if (field !== 'rows' && isText(field)) {
    if ('value' in save) return invalid('value', 'applications-writing.problem.is-text')
    return { given: save, save, tidy: field.kind === 'line' ? tidiedLine : tidied }
  }
  if (!('value' in save)) return invalid('text', 'applications-writing.problem.no-text')
  if (file && field !== 'rows' && field.kind === 'file') return { given: save, save, tidy: tidied }
  const value =
    field === 'rows' ? rowsOf(save.value) : await readAnswer(app, outline, field, { path, ...save, asking })
  if (isRefused(value)) return value
  return { given: save, save: { ...save, value: value.value as JsonValue }, tidy: tidied }
}

/** The field at a path, if its participant takes part and its row is in the list. */
async function fieldThatStands(
  app: { database: Database; programmes: Programmes },
  outline: Outline,
  path: string,
  asking: Asking
): Promise<FormQuestion | 'rows' | Refused> {
  const field = fieldAt(await formOfDraft(app, outline), path)
  if (!field) return invalid('path', 'applications-writing.problem.no-such-field')
  const { section, participant, row } = readPath(path)!
  if (participant && outline.participants.every(({ id }) => id !== participant))
    return invalid('path', 'applications-writing.problem.participant-gone')
  if (row === undefined) return field
  const list = {
    application: outline.id,
    path: writePath({ section, ...(participant !== undefined && { participant }) })
  }
  if (asking === 'anew') forget(app.database, list)
  const { value } = await latestOf(app.database, list)
  const stands = Array.isArray(value) && (value as readonly JsonValue[]).includes(row)
  return stands ? field : invalid('path', 'applications-writing.problem.row-gone')
}

const mostRows = 500 // not of a guide: the form says how many count

function rowsOf(value: JsonValue): { value: JsonValue } | Refused {
  const rows = Array.isArray(value) ? (value as readonly JsonValue[]) : []
  const sound = rows.every((row) => typeof row === 'string' && /^[a-z0-9]{8}$/.test(row))
  if (!Array.isArray(value) || !sound || new Set(rows).size < rows.length || rows.length > mostRows)
    return invalid('value', 'form.not-understood')
  return { value }
}

async function readAnswer(
  app: { database: Database; programmes: Programmes },
  outline: Outline,
  question: FormQuestion,
  { path, value, base, asking }: { path: string; value: JsonValue; base: number; asking: Asking }
): Promise<{ value: unknown } | Refused> {
  // Only choices among the rows of the draft itself need what is answered elsewhere.
  const answers = JSON.stringify(question).includes('"work-packages"')
    ? await answersOf(app.database, outline.id)
    : new Map()
  const { language, participants } = outline
  const filled = { form: await formOfDraft(app, outline), answers, language, participants }
  const place = { application: outline.id, path }
  if (asking === 'anew') forget(app.database, place)
  if (!JSON.stringify(question).includes('"options"')) return readValue(filled, question, value)
  // What stands may stay, also where it is not offered any more.
  const latest = await latestOf(app.database, place)
  const read = readValue(filled, question, value, latest.value)
  if (!isRefused(read) || base === latest.version) return read
  // Somebody chose something else before: that comes first.
  const { version, savedAt } = latest
  return refused('changed', { current: { version, value: latest.value, savedAt } })
}
