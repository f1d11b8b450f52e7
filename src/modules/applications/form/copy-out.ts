import type { FormQuestion } from '#modules/programmes'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import { answerText, type Speaking } from './answer-text.ts'
import { isRequired, shownQuestions } from './conditions.ts'
import type { CopyOutTable } from './copy-out-table.ts'
import { answerAt, pathOf, valueOf, type Filled, type Place } from './filled.ts'
import { placeTitle } from './place-title.ts'
import { shownSections, type ShownSection } from './shown.ts'

/** One question with its answer, ready to be copied into another form. */
export type CopyOutAnswer = {
  path: string
  ask: string
  text: string
  /** Characters as people see them; `limit` where the question has one. */
  characters: number
  limit?: number
  required: boolean
}

/** A section, or one row of it, in the order of the form. */
export type CopyOutPart = {
  path: string
  title: string
  /** Whose part it is, and which row: “Rīgas 1. skola”, “2. Apmācības”. */
  participant?: string
  row?: string
  answers: CopyOutAnswer[]
  /** What is copied as a whole: who takes part, the budget. */
  tables: CopyOutTable[]
}

/** What stands beside the answers, each with its heading. */
export type CopyOutBeside = Record<'consortium' | 'budget', { title: string; tables: CopyOutTable[] }>

/**
 * The whole draft as a sheet to copy from: what is asked now, with what was answered, in the order of the form. Who
 * takes part stands before what the participants say of themselves; the tables of the budget with what is asked about
 * it, and of a form that asks nothing about it behind all else.
 */
export function copyOut(filled: Filled, beside: CopyOutBeside, speaking: Speaking): CopyOutPart[] {
  const sections = shownSections(filled)
  const written = sections.map((shown) =>
    shown.places.map((place, index) => partOf(filled, shown, place, index, speaking))
  )
  const own = sections.findIndex(({ section }) => section.of === 'participant')
  const budget = written[sections.findIndex(({ section }) => section.id === 'budget')]?.[0]
  if (budget) budget.tables = beside.budget.tables
  return [
    ...written.slice(0, Math.max(own, 0)).flat(),
    ...besideAnswers('consortium', beside),
    ...written.slice(Math.max(own, 0)).flat(),
    ...(budget ? [] : besideAnswers('budget', beside))
  ]
}

function besideAnswers(path: keyof CopyOutBeside, beside: CopyOutBeside): CopyOutPart[] {
  return beside[path].tables.length > 0 ? [{ path, ...beside[path], answers: [] }] : []
}

function partOf(
  filled: Filled,
  { section, path }: ShownSection,
  place: Place,
  index: number,
  speaking: Speaking
): CopyOutPart {
  const participant = filled.participants.find(({ id }) => id === place.participant)
  return {
    path: place.row ? `${path}.${place.row}` : path,
    title: section.title[speaking.language],
    ...(participant && { participant: participant.name }),
    ...(section.repeats && { row: placeTitle(filled, place, index, speaking.language) }),
    answers: shownQuestions(filled, place).map((question) => copied(filled, place, question, speaking)),
    tables: []
  }
}

function copied(filled: Filled, place: Place, question: FormQuestion, speaking: Speaking): CopyOutAnswer {
  const text = answerText(filled, question, valueOf(answerAt(filled, place, question.id)), speaking)
  const limit = question.kind === 'text' || question.kind === 'line' ? question.limit : undefined
  return {
    path: pathOf(place, question.id),
    ask: question.ask[speaking.language],
    text,
    characters: charactersIn(text),
    ...(limit !== undefined && { limit }),
    required: isRequired(filled, place, question)
  }
}
