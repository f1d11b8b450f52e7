import type { AnswerKind, ApplicationForm, FormOptions, FormQuestion } from '#modules/programmes'
import { formatDate, formatList, formatMoney, formatNumber } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Answer, Outline } from './application.ts'
import { type GivenFile, givenFile } from './attachments/given-file.ts'
import { writePath } from './path.ts'

/** What words an answer needs beside itself. */
export type Reading = {
  form: ApplicationForm
  outline: Outline
  answers: ReadonlyMap<string, Answer>
  language: Language
  yes: string
  no: string
}

/** An option of a choice in words; `value` as it is kept. */
export type SpokenOption = { value: string | number; label: string }

/** The options of a choice: written out, of a list of the programme, or of the draft itself. */
export function optionsOf(options: FormOptions, { form, outline, answers, language }: Reading): SpokenOption[] {
  if (!('from' in options)) return options.map(({ value, names }) => ({ value, label: names[language] }))
  if (options.from === 'participants')
    return outline.participants.map(({ id, name, country }) => ({ value: id, label: `${name} (${country})` }))
  if (options.from === 'work-packages') {
    return rowsOf(answers, 'work-packages').map((row, index) => {
      const title = answers.get(writePath({ section: 'work-packages', row, question: 'title' }))?.text
      return { value: row, label: title ? `${index + 1}. ${title}` : String(index + 1) }
    })
  }
  return (form.lists[options.from] ?? []).map(({ value, names }) => ({ value, label: names[language] }))
}

/** The rows of a section that repeats, in their order. @param list the path without a question */
export function rowsOf(answers: ReadonlyMap<string, Answer>, list: string): string[] {
  const rows = answers.get(list)?.value
  return Array.isArray(rows) ? rows.filter((row): row is string => typeof row === 'string') : []
}

/** What an answer says, line by line; nothing where nothing is answered. */
export function answerWords(question: FormQuestion, answer: Answer | undefined, reading: Reading): string[] {
  if (!answer) return []
  if (question.kind === 'file') {
    const given = givenFile(answer.value)
    return given ? [fileWords(given)] : []
  }
  if (question.kind !== 'table') return valueWords(question, answer.text ?? answer.value, reading)
  if (!Array.isArray(answer.value)) return []
  return (answer.value as Record<string, unknown>[]).map((row) =>
    question.columns
      .flatMap((column) => {
        const said = valueWords(column, row[column.id], reading).join(' ')
        return said === '' ? [] : [`${column.ask[reading.language]}: ${said}`]
      })
      .join(' · ')
  )
}

function fileWords({ name, pages }: GivenFile): string {
  return pages === undefined ? name : `${name} (${pages})`
}

function valueWords(kind: AnswerKind, value: unknown, reading: Reading): string[] {
  const { language } = reading
  switch (kind.kind) {
    case 'text':
    case 'line':
      return typeof value === 'string' && value.trim() !== '' ? value.split('\n') : []
    case 'number': {
      if (typeof value !== 'number') return []
      const number = formatNumber(value, language)
      return [kind.unit ? `${number} ${kind.unit[language]}` : number]
    }
    case 'money':
      return typeof value === 'number' ? [formatMoney(value, language)] : []
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? [formatDate(value, language)] : []
    case 'yes-no':
      return typeof value === 'boolean' ? [value ? reading.yes : reading.no] : []
    case 'choice': {
      const chosen = optionsOf(kind.options, reading).find((option) => option.value === value)
      return chosen ? [chosen.label] : []
    }
    case 'choices': {
      if (!Array.isArray(value)) return []
      const chosen = optionsOf(kind.options, reading).filter((option) => value.includes(option.value))
      return chosen.length > 0 ? [formatList(chosen.map(({ label }) => label), language)] : []
    }
  }
}
