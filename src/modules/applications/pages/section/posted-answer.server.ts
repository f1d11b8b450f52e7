import type { AnswerKind, FormQuestion } from '#modules/programmes'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import { type Problem, isRefused } from '#shared/forms/refused.ts'
import type { Filled } from '../../form/filled.ts'
import { isText, readValue } from '../../form/read-value.server.ts'
import { cellName, nameIn, rowsName, wasName } from './typed-answers.ts'

/** What a form makes of a question: a text, another value (null: none), or what cannot be understood. */
export type ReadAnswer = { text: string } | { value: JsonValue } | { problems: Problem[] }

/** Reads the answer to a question as it was posted. Problems are about the names of the form's fields. */
export function postedAnswer(filled: Filled, question: FormQuestion, path: string, typed: Typed): ReadAnswer {
  if (isText(question)) return { text: textOf(typed, path) }
  const read = readValue(filled, question, givenFor(question, path, typed), shownIn(typed, path))
  if (!isRefused(read)) return { value: read.value as JsonValue }
  return { problems: read.problems.map((problem) => spokenHere(path, problem)) }
}

/** What the form was made of. That it stands there is for the save to see. */
export function shownIn(typed: Typed, path: string): JsonValue {
  try {
    return JSON.parse(textOf(typed, wasName(path))) as JsonValue
  } catch {
    return null
  }
}

/** How many rows of a table were posted. */
export function rowsIn(typed: Typed, path: string): number {
  const count = Number(textOf(typed, rowsName(path)))
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), mostRows) : 0
}

/** More than any form asks for: whoever posts more is not a form of ours. */
const mostRows = 500 // not of a guide: rows of a table

/** A text of a form, as browsers post it. */
export function textOf(typed: Typed, name: string): string {
  const value = typed[name]
  return ((Array.isArray(value) ? value[0] : value) ?? '').replace(/\r\n?/g, '\n')
}

function givenFor(question: FormQuestion, path: string, typed: Typed): unknown {
  if (question.kind === 'file') return null
  if (question.kind !== 'table') return givenAs(question, path, typed)
  return Array.from({ length: rowsIn(typed, path) }, (_, index) =>
    Object.fromEntries(
      question.columns.map((column) => [column.id, givenAs(column, cellName(path, index, column.id), typed)])
    )
  )
}

function givenAs(kind: AnswerKind, name: string, typed: Typed): unknown {
  if (kind.kind === 'choices') return typed[name] ?? []
  const text = textOf(typed, name)
  if (kind.kind === 'money' && kind.amounts) return text === '' ? null : Number(text)
  return kind.kind === 'date' ? dayOf(name, typed) : text
}

/** The three boxes of a date: 2026-03-05, or something that is no day. */
function dayOf(name: string, typed: Typed): string {
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((part) =>
    textOf(typed, `${name}-${part}`).trim()
  )
  if (year === '' && month === '' && day === '') return ''
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A problem at the field of this form; a day is three boxes here, not one line as in the API. */
function spokenHere(path: string, problem: Problem): Problem {
  const field = nameIn(path, problem.field)
  return problem.key === 'form.not-a-day'
    ? { field, key: 'applications-editor.problem.no-such-day' }
    : { ...problem, field }
}
