import { euroTyped } from '#shared/design/parse-euro.ts'
import { datePartsOf } from '#shared/design/date-parts.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Answer } from '../../application.ts'
import type { AnswerKind, FormQuestion } from '#modules/programmes'

/** The name of a cell of a table in a form. */
export function cellName(path: string, row: number, column: string): string {
  return `${path}:${row}:${column}`
}

/** Where a problem of an answer stands in a form: '' is the answer itself, 'row.column' a cell of a table. */
export function nameIn(path: string, field: string): string {
  const [row, column] = field.split('.')
  return column === undefined ? path : cellName(path, Number(row), column)
}

/** The name of the field that says how many rows of a table stand in a form. */
export function rowsName(path: string): string {
  return `${path}:rows`
}

/** A form's fields, filled with what is answered. */
export function typedOf(question: FormQuestion, path: string, answer: Answer | undefined): Typed {
  if (question.kind === 'file') return {}
  const seen = {
    [baseName(path)]: String(answer?.version ?? 0),
    ...(question.kind === 'text' || question.kind === 'line'
      ? {}
      : { [wasName(path)]: JSON.stringify(answer?.value ?? null) })
  }
  if (question.kind !== 'table') {
    return { ...seen, ...typedAs(question, path, answer?.text ?? answer?.value) }
  }
  const rows = tableRows(answer?.value)
  const cells = rows.flatMap((row, index) =>
    question.columns.map((column) => typedAs(column, cellName(path, index, column.id), row[column.id]))
  )
  const shown = String(Math.max(rows.length, question.least ?? 0, 1))
  return Object.assign({ ...seen, [rowsName(path)]: shown }, ...cells) as Typed
}

/** The rows of a table's answer, whatever a machine may have saved there. */
export function tableRows(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (row): row is Record<string, unknown> => typeof row === 'object' && row !== null && !Array.isArray(row)
  )
}

function typedAs(kind: AnswerKind, name: string, value: unknown): Typed {
  if (value === undefined || value === null) return {}
  switch (kind.kind) {
    case 'text':
    case 'line':
      return typeof value === 'string' ? { [name]: value } : {}
    case 'number':
      return typeof value === 'number' ? { [name]: String(value).replace('.', ',') } : {}
    case 'money':
      return typeof value === 'number' ? { [name]: kind.amounts ? String(value) : euroTyped(value) } : {}
    case 'date': {
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return {}
      const { day, month, year } = datePartsOf(value)
      return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
    }
    case 'yes-no':
      return typeof value === 'boolean' ? { [name]: value ? 'yes' : 'no' } : {}
    case 'choice':
      return { [name]: String(value) }
    case 'choices':
      return Array.isArray(value) ? { [name]: value.map(String) } : {}
  }
}

/** The names under which a form says which version of a field it was made of, and what stood in it. */
export const baseName = (path: string) => `base:${path}`
export const wasName = (path: string) => `was:${path}`

/** Of what was typed, what belongs to some fields. */
export function typedFor(typed: Typed, paths: ReadonlySet<string>): Typed {
  const belongs = (name: string) => [...paths].some((path) => isOf(name, path))
  return Object.fromEntries(Object.entries(typed).filter(([name]) => belongs(name)))
}

function isOf(name: string, path: string): boolean {
  if (name === baseName(path) || name === wasName(path)) return true
  return name.startsWith(path) && /^(|:.*|-day|-month|-year)$/s.test(name.slice(path.length))
}
