import type { JsonValue } from '#shared/audit/index.ts'
import type { FormQuestion } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused } from '#shared/forms/refused.ts'
import { answersOf } from '../answers-store.server.ts'
import type { Outline } from '../application.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { fieldAt } from '../form/filled.ts'
import { isText, readValue } from '../form/read-value.server.ts'
import { readPath } from '../path.ts'
import { tidied, tidiedLine } from './typed-text.ts'
import type { Save } from './wire.ts'

/** A save as it was given, as it fits the question at its path, and how a text is kept there. */
export type Fitting = { given: Save; save: Save; tidy: (text: string) => string }

/** What a save says to the question that is asked there: a value is kept as the form reads it. */
export async function fitting(
  app: { database: Database; programmes: Programmes },
  outline: Outline,
  path: string,
  save: Save
): Promise<Fitting | Refused> {
  const field = fieldAt(formOfDraft(app, outline), path)
  const whose = readPath(path)?.participant
  if (!field || (whose && outline.participants.every(({ id }) => id !== whose)))
    return invalid('path', 'applications-writing.problem.no-such-field')
  if (field !== 'rows' && isText(field)) {
    if ('value' in save) return invalid('value', 'applications-writing.problem.is-text')
    return { given: save, save, tidy: field.kind === 'line' ? tidiedLine : tidied }
  }
  if (!('value' in save)) return invalid('text', 'applications-writing.problem.no-text')
  const value = field === 'rows' ? rowsOf(save.value) : await readAnswer(app, outline, field, save.value)
  if (isRefused(value)) return value
  return { given: save, save: { ...save, value: value.value as JsonValue }, tidy: tidied }
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
  value: JsonValue
): Promise<{ value: unknown } | Refused> {
  // Only choices among the rows of the draft itself need what is answered elsewhere.
  const answers = JSON.stringify(question).includes('"work-packages"')
    ? await answersOf(app.database, outline.id)
    : new Map()
  const filled = { form: formOfDraft(app, outline), answers, participants: outline.participants }
  return readValue(filled, question, value)
}
