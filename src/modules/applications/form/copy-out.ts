import type { FormQuestion } from '#modules/programmes'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import { answerText, type Speaking } from './answer-text.ts'
import { isRequired, shownQuestions } from './conditions.ts'
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
}

/** The whole draft as a sheet to copy from: what is asked now, with what was answered, in the order of the form. */
export function copyOut(filled: Filled, speaking: Speaking): CopyOutPart[] {
  return shownSections(filled).flatMap((shown) =>
    shown.places.map((place, index) => partOf(filled, shown, place, index, speaking))
  )
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
    answers: shownQuestions(filled, place).map((question) => copied(filled, place, question, speaking))
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
