/** Answers to a whole form, as somebody gives them who must be done today. */
import type { FormColumn, FormQuestion } from '#modules/programmes'
import { completeness } from '../../src/modules/applications/form/completeness.ts'
import { randomNumbers } from './random-numbers.ts'
import { type Filled, type GivenAnswer, offered } from '../../src/modules/applications/form/filled.ts'

// Words as they come in such texts, drawn anew for each: a text that repeats itself would cost a database nothing.
const words =
  `projektā piecas skolas kopā ar vietējām bibliotēkām veido lasīšanas klubus kuros vecāki un bērni lasa divās valodās
 pedagogi mācās cits no cita novēro stundas gatavo materiālus brīvai lietošanai tos izmēģina vairāk nekā simts klasēs
 rezultāti ir pieejami visiem tīmeklī arī pēc beigām partneri dalās pieredzē tiekas reizi pusgadā vērtē paveikto
 iekļaušana digitālās prasmes vide līdzdalība ģimenes novads pašvaldība apmācība kvalitāte ietekme laika grafiks`.split(
    /\s+/
  )

/**
 * Answers everything that the form requires, and what that in turn requires.
 * @param share how much of each text's limit is written
 */
export function answerAll(empty: Omit<Filled, 'answers'>, share: number): Map<string, GivenAnswer> {
  const answers = new Map<string, GivenAnswer>()
  const filled: Filled = { ...empty, answers }
  // Rows come first, and some answers ask for others.
  for (let turn = 0; turn < 10; turn++) {
    const lacks = completeness(filled).flatMap(({ missing }) => missing)
    if (lacks.length === 0) return answers
    for (const { path, place, question } of lacks) {
      if (!question) answers.set(path, valued(rowsFor(place.section.repeats!.least)))
      else answers.set(path, answerTo(filled, question, share))
    }
  }
  throw new Error('The form is not answered.')
}

function written(length: number, seed: number): string {
  const random = randomNumbers(length + seed)
  let text = ''
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `
  return text.slice(0, length).trim()
}

const rowsFor = (count: number) =>
  Array.from({ length: count }, (_, at) => `row${String(at).padStart(5, '0')}`)

const valued = (value: unknown): GivenAnswer => ({ value, length: 0 })

function answerTo(filled: Filled, question: FormQuestion | FormColumn, share: number): GivenAnswer {
  const value = valueFor(filled, question, share)
  return typeof value === 'string' && (question.kind === 'text' || question.kind === 'line')
    ? { text: value, length: value.length }
    : valued(value)
}

function valueFor(filled: Filled, question: FormQuestion | FormColumn, share: number): unknown {
  switch (question.kind) {
    case 'line':
      return 'Lasīšanas tilti'.slice(0, question.limit)
    case 'text':
      return written(Math.ceil(question.limit * share), question.id.length)
    case 'number':
      // A project of two years: within every limit of months.
      return Math.min(
        question.most ?? 24,
        Math.max(question.least ?? 1, question.id.includes('duration') ? 24 : 1)
      )
    case 'money':
      return question.amounts?.[0] ?? question.least ?? 1000_00
    case 'date':
      return question.from ?? '2026-12-31'
    case 'yes-no':
      return true
    case 'choice':
      return offered(filled, question.options)[0]!.value
    case 'choices':
      return offered(filled, question.options)
        .slice(0, Math.max(1, question.least ?? 1))
        .map(({ value }) => value)
    case 'table': {
      const cells = question.columns.map((column) => [column.id, valueFor(filled, column, share)] as const)
      return Array.from({ length: Math.max(1, question.least ?? 1) }, () => Object.fromEntries(cells))
    }
    case 'file':
      throw new Error(`${question.id} asks for a file.`)
  }
}
