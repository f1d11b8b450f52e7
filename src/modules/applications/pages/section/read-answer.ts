import type { AnswerKind, FormQuestion } from '#modules/programmes'
import type { JsonValue } from '#shared/audit/index.ts'
import { dayFrom } from '#shared/design/date-parts.ts'
import { parseEuro } from '#shared/design/parse-euro.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Problem } from '#shared/forms/refused.ts'
import { cellName, rowsName } from './typed-answers.ts'

/** What a form makes of a question: a text, another value (null: none), or what cannot be understood. */
export type ReadAnswer = { text: string } | { value: JsonValue } | { problems: Problem[] }

/** The options of a choice by the text that stands for each in a form. */
export type Offered = ReadonlyMap<string, string | number>

/**
 * Reads the answer to a question as it was typed.
 * @param offered the options of a question or of a column of a table
 */
export function readAnswer(
  question: Exclude<FormQuestion, { kind: 'file' }>,
  path: string,
  typed: Typed,
  offered: (kind: AnswerKind) => Offered
): ReadAnswer {
  if (question.kind === 'text' || question.kind === 'line') return { text: textOf(typed, path) }
  if (question.kind !== 'table') return readValue(question, path, typed, offered(question))
  const problems: Problem[] = []
  const rows: Record<string, JsonValue>[] = []
  for (let index = 0; index < rowsIn(typed, path); index++) {
    const row: Record<string, JsonValue> = {}
    for (const column of question.columns) {
      const read = readValue(column, cellName(path, index, column.id), typed, offered(column))
      if ('problems' in read) problems.push(...read.problems)
      else if (read.value !== null && read.value !== '') row[column.id] = read.value
    }
    if (Object.keys(row).length > 0) rows.push(row)
  }
  if (problems.length > 0) return { problems }
  return { value: rows.length > 0 ? rows : null }
}

/** How many rows of a table were posted. */
export function rowsIn(typed: Typed, path: string): number {
  const count = Number(textOf(typed, rowsName(path)))
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), mostRows) : 0
}

/** More than any form asks for: whoever posts more is not a form of ours. */
const mostRows = 500 // not of a guide: rows of a table

/** A line of a form as browsers post it. */
export function textOf(typed: Typed, name: string): string {
  const value = typed[name]
  return ((Array.isArray(value) ? value[0] : value) ?? '').replace(/\r\n?/g, '\n')
}

function readValue(
  kind: AnswerKind,
  name: string,
  typed: Typed,
  offered: Offered
): { value: JsonValue } | { problems: Problem[] } {
  const text = textOf(typed, name)
  switch (kind.kind) {
    case 'text':
    case 'line':
      return { value: text.trim() === '' ? null : text }
    case 'number':
      return readNumber(kind, name, text)
    case 'money':
      return kind.amounts ? readOption(name, text, offered) : readMoney(name, text)
    case 'date':
      return readDay(name, typed)
    case 'yes-no':
      return text === '' ? { value: null } : { value: text === 'yes' }
    case 'choice':
      return readOption(name, text, offered)
    case 'choices': {
      const given = new Set([typed[name] ?? []].flat())
      const chosen = [...offered].flatMap(([option, value]) => (given.has(option) ? [value] : []))
      return { value: chosen.length > 0 ? chosen : null }
    }
  }
}

function readNumber({ decimals = 0 }: AnswerKind & { kind: 'number' }, name: string, text: string) {
  const plain = text.replace(/[\s\u00a0]/g, '').replace(',', '.')
  if (plain === '') return { value: null }
  const value = Number(plain)
  const shape = decimals === 0 ? /^-?\d{1,12}$/ : /^-?\d{1,12}(\.\d+)?$/
  if (!shape.test(plain)) return problem(name, 'applications-editor.problem.not-a-number')
  const rounded = Number(value.toFixed(decimals))
  return { value: rounded }
}

function readMoney(name: string, text: string) {
  const read = parseEuro(text)
  if (read === 'empty') return { value: null }
  if (read === 'not-money') return problem(name, 'applications-editor.problem.not-money')
  return { value: read.cents }
}

function readDay(name: string, typed: Typed) {
  const part = (which: string) => textOf(typed, `${name}-${which}`).trim()
  const read = dayFrom({ day: part('day'), month: part('month'), year: part('year') })
  if (read === 'empty') return { value: null }
  if (read === 'not-a-date') return problem(name, 'applications-editor.problem.not-a-day')
  return { value: read.day }
}

function readOption(name: string, text: string, offered: Offered) {
  if (text === '') return { value: null }
  const value = offered.get(text)
  return value === undefined ? problem(name, 'form.not-offered') : { value }
}

function problem(field: string, key: Problem['key']): { problems: Problem[] } {
  return { problems: [{ field, key }] }
}
