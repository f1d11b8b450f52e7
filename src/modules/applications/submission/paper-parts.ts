import type { AnswerKind, FormQuestion } from '#modules/programmes'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import { formatNumber } from '#shared/texts/format.ts'
import { type Speaking, answerText, tableText } from '../form/answer-text.ts'
import { shownQuestions } from '../form/conditions.ts'
import { type Filled, type Place, answerAt, valueOf } from '../form/filled.ts'
import { type ShownSection, shownSections } from '../form/shown.ts'
import { placeTitle } from '../form/place-title.ts'

/** How wide a column is: as its content asks, or so many shares of what is left. */
type Width = 'auto' | '1' | '2'

/** A question with its answer as it is set: what was written at length, in a line, or as a table. */
export type PaperAnswer = { ask: string } & (
  | { as: 'text'; text: string; count: string | null }
  | { as: 'line'; text: string }
  | { as: 'table'; head: string[]; widths: Width[]; rows: string[][] }
)

/** A whole section, or what one organisation or one row says in it. */
export type PaperPlace = {
  /** Null: the section itself. */
  title: string | null
  /** By which lists in front lead to it; null: none does. */
  key: string | null
  answers: PaperAnswer[]
}

export type PaperSection = { title: string; places: PaperPlace[] }

/** The key of the first place of an organisation, and of a row of a section. */
export const keyOfParticipant = (id: string) => `participant-${id}`
export const keyOfRow = (row: string) => `row-${row}`

/** All that is asked now with what was answered, in the order of the form; organisations and rows below their section. */
export function paperSections(filled: Filled, speaking: Speaking): PaperSection[] {
  const sections = new Map<string, PaperSection>()
  const named = new Set<string>()
  for (const shown of shownSections(filled)) {
    const { id, title } = shown.section
    const section = sections.get(id) ?? { title: title[speaking.language], places: [] }
    for (const [index, place] of shown.places.entries()) {
      section.places.push(placeData(filled, { shown, place, index, named }, speaking))
    }
    if (section.places.length > 0) sections.set(id, section)
  }
  return [...sections.values()]
}

type Placing = { shown: ShownSection; place: Place; index: number; named: Set<string> }

function placeData(
  filled: Filled,
  { shown: { section }, place, index, named }: Placing,
  speaking: Speaking
): PaperPlace {
  const participant = filled.participants.find(({ id }) => id === place.participant)
  const row = section.repeats && placeTitle(filled, place, index, speaking.language)
  const title = [participant?.name, row].filter((one) => one !== undefined).join(' · ')
  return {
    title: title || null,
    key: keyFor(place, named),
    answers: shownQuestions(filled, place)
      // The title of a row stands over it already.
      .filter(({ id }) => id !== section.repeats?.title)
      .map((question) => answerData(filled, place, question, speaking))
  }
}

/** Lists in front lead to where an organisation, or a row, comes first. */
function keyFor({ participant, row }: Place, named: Set<string>): string | null {
  const key = row ? keyOfRow(row) : participant && keyOfParticipant(participant)
  if (!key || named.has(key)) return null
  named.add(key)
  return key
}

function answerData(filled: Filled, place: Place, question: FormQuestion, speaking: Speaking): PaperAnswer {
  const { language } = speaking
  const ask = question.ask[language]
  const value = valueOf(answerAt(filled, place, question.id))
  if (question.kind === 'table' && value !== undefined) {
    const head = question.columns.map((column) => column.ask[language])
    const rows = tableText(filled, question, value, speaking)
    return { ask, as: 'table', head, widths: question.columns.map(widthOf), rows }
  }
  const text = answerText(filled, question, value, speaking)
  if (question.kind !== 'text') return { ask, as: 'line', text }
  const count = `${formatNumber(charactersIn(text), language)} / ${formatNumber(question.limit, language)}`
  return { ask, as: 'text', text, count: text === '' ? null : count }
}

function widthOf(column: AnswerKind): Width {
  if (column.kind === 'text') return '2'
  return column.kind === 'line' || column.kind === 'choices' ? '1' : 'auto'
}
