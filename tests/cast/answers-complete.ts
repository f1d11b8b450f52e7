import type { JsonValue } from '#shared/audit/index.ts'
import type { ApplicationForm, FormColumn, FormQuestion } from '#modules/programmes'
import type { Participant } from '../../src/modules/applications/application.ts'
import { type Lack, completeness } from '../../src/modules/applications/form/completeness.ts'
import { type Filled, offered } from '../../src/modules/applications/form/filled.ts'

/** What stands in a field: a text, or another value. */
export type Given = { text: string } | { value: JsonValue }

/** Answers to everything that a form asks for of a consortium, made up; with `answers` those that are given stay. */
export function completeAnswers(
  form: ApplicationForm,
  participants: readonly Participant[],
  answers: Readonly<Record<string, Given>> = {}
): Record<string, Given> {
  const complete: Record<string, Given> = { ...answers }
  for (let round = 0; round < 10; round++) {
    const filled = { form, participants, language: 'lv', answers: asGiven(complete) }
    const lacks = completeness(filled).flatMap(({ missing, wrong }) => [...missing, ...wrong])
    if (lacks.length === 0) return complete
    for (const lack of lacks) complete[lack.path] = madeUp(filled, lack)
  }
  throw new Error('The form asks for more with every answer.')
}

function asGiven(answers: Readonly<Record<string, Given>>) {
  return new Map(
    Object.entries(answers).map(([path, given]) => [
      path,
      { ...given, length: 'text' in given ? given.text.length : 0 }
    ])
  )
}

const sentence = 'Skolas māca cita citu lasīt.'

function madeUp(filled: Filled, { question, place, problem }: Lack): Given {
  if (question?.kind === 'text' || question?.kind === 'line')
    return { text: sentence.slice(0, question.limit) }
  if (question) return { value: valueFor(filled, question) }
  const rows = Number(problem.args?.least ?? 1)
  const name = place.section.id.replace(/\W/g, '').slice(0, 6)
  return { value: Array.from({ length: rows }, (_, at) => `${name}${10 + at}`.padEnd(8, '0')) }
}

function valueFor(filled: Filled, question: FormQuestion | FormColumn): JsonValue {
  switch (question.kind) {
    case 'text':
    case 'line':
      return sentence.slice(0, question.limit)
    case 'number':
      return question.least ?? 1
    case 'money':
      return question.amounts?.[0] ?? question.least ?? 100_00
    case 'date':
      return question.from ?? '2026-10-01'
    case 'yes-no':
      return true
    case 'choice':
      return offered(filled, question.options)[0]!.value
    case 'choices':
      return offered(filled, question.options)
        .slice(0, question.least ?? 1)
        .map(({ value }) => value)
    case 'table':
      return Array.from({ length: question.least ?? 1 }, () =>
        Object.fromEntries(question.columns.map((column) => [column.id, valueFor(filled, column)]))
      )
    case 'file':
      return { file: '00000000-0000-4000-8000-000000000000', name: 'Apraksts.pdf', pages: 1 }
  }
}
