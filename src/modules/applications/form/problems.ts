import type { FormColumn, FormQuestion } from '#modules/programmes'
import type { Problem } from '#shared/forms/refused.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import type { GivenFile } from '../attachments/given-file.ts'
import { offered, type Filled } from './filled.ts'

/**
 * What is wrong with an answer: each with words that say what to do. A missing answer is no problem here; see
 * completeness. `field` is '' or, in a table, `row.column` counted from 0.
 * @param length of a text, in characters as people see them, where it was counted before
 */
export function problemsOf(
  filled: Filled,
  question: FormQuestion | FormColumn,
  value: unknown,
  length?: number
): Problem[] {
  if (value === undefined || value === null || value === '') return []
  switch (question.kind) {
    case 'text':
    case 'line':
      return textProblems(question, length ?? charactersIn(String(value)))
    case 'number':
      return numberProblems(question, value)
    case 'money':
      return moneyProblems(question, value)
    case 'date':
      return dateProblems(question, value)
    case 'yes-no':
      return typeof value === 'boolean' ? [] : [{ field: '', key: 'form.not-offered' }]
    case 'choice':
      return isOffered(filled, question, value) ? [] : [{ field: '', key: 'applications-form.problem.gone' }]
    case 'choices':
      return choicesProblems(filled, question, value)
    case 'table':
      return tableProblems(filled, question, value)
    case 'file':
      return fileProblems(question, value)
  }
}

type OfKind<Kind> = Extract<FormQuestion, { kind: Kind }> | Extract<FormColumn, { kind: Kind }>

function textProblems({ limit }: OfKind<'text'> | OfKind<'line'>, length: number): Problem[] {
  if (length <= limit) return []
  return [
    { field: '', key: 'applications-form.problem.too-long', args: { limit, length, over: length - limit } }
  ]
}

function numberProblems({ least, most, decimals }: OfKind<'number'>, value: unknown): Problem[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [{ field: '', key: 'form.not-a-number' }]
  const scale = 10 ** (decimals ?? 0)
  if (Math.abs(Math.round(value * scale) - value * scale) > 1e-6)
    return decimals
      ? [{ field: '', key: 'applications-form.problem.too-fine', args: { decimals } }]
      : [{ field: '', key: 'form.not-a-number' }]
  if (least !== undefined && value < least) return [{ field: '', key: 'form.too-small', args: { least } }]
  if (most !== undefined && value > most) return [{ field: '', key: 'form.too-large', args: { most } }]
  return []
}

function moneyProblems({ least, most, amounts }: OfKind<'money'>, value: unknown): Problem[] {
  if (!Number.isSafeInteger(value)) return [{ field: '', key: 'applications-form.problem.not-money' }]
  const cents = value as number
  if (amounts && !amounts.includes(cents)) return [{ field: '', key: 'form.not-offered' }]
  if (least !== undefined && cents < least)
    return [{ field: '', key: 'applications-form.problem.less-money', args: { least: euros(least) } }]
  if (most !== undefined && cents > most)
    return [{ field: '', key: 'applications-form.problem.more-money', args: { most: euros(most) } }]
  return []
}

function euros(cents: number): number {
  return cents / 100 // not of a guide: cents of a euro
}

/** YYYY-MM-DD that is in the calendar. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const [year, month, day] = value.split('-').map(Number) as [number, number, number]
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= longest
}

function dateProblems({ from, until }: OfKind<'date'>, value: unknown): Problem[] {
  if (!isDay(value)) return [{ field: '', key: 'form.not-a-day' }]
  if (from && value < from)
    return [{ field: '', key: 'applications-form.problem.too-early', args: { day: from } }]
  if (until && value > until)
    return [{ field: '', key: 'applications-form.problem.too-late', args: { day: until } }]
  return []
}

function isOffered(filled: Filled, question: OfKind<'choice'> | OfKind<'choices'>, value: unknown): boolean {
  return offered(filled, question.options).some((option) => option.value === value)
}

function choicesProblems(filled: Filled, question: OfKind<'choices'>, value: unknown): Problem[] {
  if (!Array.isArray(value)) return [{ field: '', key: 'form.not-offered' }]
  const { least, most } = question
  if (!value.every((one) => isOffered(filled, question, one)))
    return [{ field: '', key: 'applications-form.problem.gone' }]
  if (least !== undefined && value.length < least)
    return [{ field: '', key: 'applications-form.problem.choose-more', args: { least } }]
  if (most !== undefined && value.length > most)
    return [{ field: '', key: 'applications-form.problem.choose-fewer', args: { most } }]
  return []
}

function tableProblems(filled: Filled, question: OfKind<'table'>, value: unknown): Problem[] {
  if (!Array.isArray(value)) return [{ field: '', key: 'form.not-understood' }]
  const { columns, least, most } = question
  const problems: Problem[] = []
  if (least !== undefined && value.length < least)
    problems.push({ field: '', key: 'applications-form.problem.more-rows', args: { least } })
  if (value.length > most)
    problems.push({ field: '', key: 'applications-form.problem.fewer-rows', args: { most } })
  value.forEach((row: Record<string, unknown>, index) => {
    for (const column of columns) {
      const field = `${index}.${column.id}`
      const cell = row[column.id]
      if (column.required && (cell === undefined || cell === ''))
        problems.push({ field, key: 'form.missing' })
      for (const problem of problemsOf(filled, column, cell)) problems.push({ ...problem, field })
    }
  })
  return problems
}

function fileProblems({ pages }: OfKind<'file'>, value: unknown): Problem[] {
  const found = (value as GivenFile).pages
  if (pages === undefined || found === undefined || found <= pages) return []
  return [{ field: '', key: 'applications-form.problem.too-many-pages', args: { most: pages, pages: found } }]
}
