import type { AnswerKind, FormQuestion } from '#modules/programmes'
import { formatDate, formatMoney, formatNumber } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { GivenFile } from '../attachments/given-file.ts'
import { formerName, offered, type Filled } from './filled.ts'

/** In which language, with which words. */
export type Speaking = { language: Language; t: Say<KeysOf<'applications-form'>> }

/** An answer as plain text, the way a person would read it out; '' when nothing was answered. */
export function answerText(
  filled: Filled,
  question: FormQuestion,
  value: unknown,
  speaking: Speaking
): string {
  if (value === undefined || value === null) return ''
  if (question.kind === 'file') return fileText(value as GivenFile | string, speaking)
  if (question.kind !== 'table') return cellText(filled, question, value, speaking)
  return rowsIn(value)
    .map((row, index) => {
      const cells = question.columns
        .filter(({ id }) => row[id] !== undefined)
        .map((column) => {
          const text = cellText(filled, column, row[column.id], speaking)
          return `${column.ask[speaking.language]}: ${text}`
        })
      return `${index + 1}. ${cells.join('; ')}`
    })
    .join('\n')
}

/** A table as rows of plain texts in the order of its columns; '' where a cell is empty. */
export function tableText(
  filled: Filled,
  question: Extract<FormQuestion, { kind: 'table' }>,
  value: unknown,
  speaking: Speaking
): string[][] {
  return rowsIn(value).map((row) =>
    question.columns.map((column) =>
      row[column.id] === undefined ? '' : cellText(filled, column, row[column.id], speaking)
    )
  )
}

function rowsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : []
}

function cellText(filled: Filled, question: AnswerKind, value: unknown, speaking: Speaking): string {
  const { language, t } = speaking
  switch (question.kind) {
    case 'text':
    case 'line':
      return String(value)
    case 'number': {
      const number = typeof value === 'number' ? formatNumber(value, language) : String(value)
      return question.unit ? `${number}\u00a0${question.unit[language]}` : number
    }
    case 'money':
      return typeof value === 'number' ? formatMoney(value, language) : String(value)
    case 'date':
      return formatDate(String(value), language)
    case 'yes-no':
      return value === true ? t('applications-form.yes') : t('applications-form.no')
    case 'choice':
      return optionText(filled, question, value, language)
    case 'choices':
      return [value]
        .flat()
        .map((one) => optionText(filled, question, one, language))
        .join('\n')
  }
}

function optionText(
  filled: Filled,
  question: Extract<AnswerKind, { kind: 'choice' | 'choices' }>,
  value: unknown,
  language: Language
): string {
  const option = offered(filled, question.options).find((one) => one.value === value)
  return option?.names[language] ?? formerName(filled, question.options, value as string | number)
}

/** Of a file whose name is not told only that there is one. */
function fileText(file: GivenFile | string, { t }: Speaking): string {
  if (typeof file === 'string') return t('applications-form.file-given')
  const { name, pages } = file
  return pages === undefined ? name : t('applications-form.file', { name, pages })
}
