import type { ApplicationForm, FormOption, FormOptions, FormQuestion, FormSection } from '#modules/programmes'
import type { Participant } from '../application.ts'
import { readPath, writePath } from '../path.ts'

/** What one field holds: a text, or any other value as JSON. */
export type GivenAnswer = { text?: string; value?: unknown; length: number }

/** A form with what is answered so far, and by whom: all that the decisions about it need. */
export type Filled = {
  form: ApplicationForm
  answers: ReadonlyMap<string, GivenAnswer>
  /** The one that it is written in (ISO 639-1). */
  language: string
  participants: readonly Pick<Participant, 'id' | 'role' | 'name'>[]
  /** Who took part once, by id, where somebody asked for their names: what was chosen then still names them. */
  left?: ReadonlyMap<string, string>
}

/** Where a question stands: its section, of which participant, in which row. */
export type Place = { section: FormSection; participant?: string; row?: string }

/** The path of a question's answer. */
export function pathOf({ section, participant, row }: Place, question: string): string {
  return writePath({ section: section.id, participant, row, question })
}

export function answerAt(filled: Filled, place: Place, question: string): GivenAnswer | undefined {
  return filled.answers.get(pathOf(place, question))
}

/** What was answered, without telling texts from values; undefined when nothing was. */
export function valueOf(answer: GivenAnswer | undefined): unknown {
  const value = answer?.text ?? answer?.value
  if (value === null || value === '') return undefined
  if (typeof value === 'string' && value.trim() === '') return undefined
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

/** The ids of the rows of a section that repeats, in their order. */
export function rowsOf(filled: Filled, { section, participant }: Place): string[] {
  const value = filled.answers.get(
    writePath({ section: section.id, ...(participant && { participant }) })
  )?.value
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** Every place of a section: once, for each participant whose role it is for, for each row. */
export function placesOf(filled: Filled, section: FormSection): Place[] {
  const whose: Place[] =
    section.of === 'application'
      ? [{ section }]
      : filled.participants
          .filter(({ role }) => section.for.includes(role))
          .map(({ id }) => ({ section, participant: id }))
  if (!section.repeats) return whose
  return whose.flatMap((place) => rowsOf(filled, place).map((row) => ({ ...place, row })))
}

/** The choices there are now: written out, of the programme, or of the draft itself. */
export function offered(filled: Filled, options: FormOptions): readonly FormOption[] {
  if (!('from' in options)) return options
  const { from } = options
  if (from === 'participants')
    return filled.participants.map(({ id, name }) => ({ value: id, names: { en: name, lv: name } }))
  if (from === 'work-packages') return workPackages(filled)
  return filled.form.lists[from] ?? []
}

/** What is chosen and not offered any more: it stands until somebody chooses. */
export function noLongerOffered(filled: Filled, options: FormOptions, chosen: unknown): (string | number)[] {
  const known = offered(filled, options)
  return [chosen].flat().filter((one): one is string | number => {
    const isOption = (typeof one === 'string' && one !== '') || typeof one === 'number'
    return isOption && known.every(({ value }) => value !== one)
  })
}

/** What an option was called when it was offered; else its value. */
export function formerName(filled: Filled, options: FormOptions, value: string | number): string {
  const from = 'from' in options ? options.from : undefined
  if (from === 'participants') return filled.left?.get(String(value)) ?? String(value)
  const section = from === 'work-packages' && filled.form.sections.find(({ id }) => id === from)
  if (!section || !section.repeats) return String(value)
  return (
    answerAt(filled, { section, row: String(value) }, section.repeats.title)?.text?.trim() || String(value)
  )
}

function workPackages(filled: Filled): FormOption[] {
  const section = filled.form.sections.find(({ id }) => id === 'work-packages')
  if (!section?.repeats) return []
  return placesOf(filled, section).map((place, index) => {
    const title = answerAt(filled, place, section.repeats!.title)?.text?.trim() || String(index + 1)
    return { value: place.row!, names: { en: title, lv: title } }
  })
}

/**
 * What stands at a path of this form: a question, or the list of rows; undefined when the form has no such field,
 * also where a participant or a row is named that the section has none of, or is missing.
 */
export function fieldAt(form: ApplicationForm, path: string): FormQuestion | 'rows' | undefined {
  const at = readPath(path)
  const section = form.sections.find(({ id }) => id === at?.section)
  if (!at || !section || (section.of === 'participant') !== (at.participant !== undefined)) return undefined
  if (at.question === undefined) return section.repeats ? 'rows' : undefined
  if (Boolean(section.repeats) !== (at.row !== undefined)) return undefined
  return section.questions.find(({ id }) => id === at.question)
}

/** A question by section and id. */
export function questionOf(
  form: ApplicationForm,
  section: string,
  question: string
): FormQuestion | undefined {
  return form.sections.find(({ id }) => id === section)?.questions.find(({ id }) => id === question)
}
