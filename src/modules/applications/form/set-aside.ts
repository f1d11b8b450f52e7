import type { ApplicationForm, FormQuestion } from '#modules/programmes'
import { readPath, writePath } from '../path.ts'
import { fieldAt, type Filled, rowsOf, valueOf } from './filled.ts'
import { askedPaths, completeness } from './completeness.ts'

/** Why an answer is kept that is not asked for, and so is no part of what is handed in. */
export type SetAsideWhy =
  /** The form has no such question any more, or another kind of answer stands there now. */
  | 'question-gone'
  | 'row-gone'
  | 'participant-gone'
  /** Other answers decide that it is not asked now. */
  | 'not-asked'

export type SetAside = { path: string; why: SetAsideWhy }

/** What was answered and nobody asks for now, in the order of its paths. Lists of rows hold no words of anybody. */
export function setAside(filled: Filled): SetAside[] {
  const asked = askedPaths(completeness(filled))
  return [...filled.answers]
    .flatMap(([path, given]): SetAside[] => {
      const isAnswer = readPath(path)?.question !== undefined && valueOf(given) !== undefined
      return isAnswer && !asked.has(path) ? [{ path, why: whyAside(filled, path) }] : []
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

function whyAside(filled: Filled, path: string): SetAsideWhy {
  const field = fieldAt(filled.form, path)
  if (!field || field === 'rows') return 'question-gone'
  const { section: id, participant, row } = readPath(path)!
  if (participant && !filled.participants.some((one) => one.id === participant)) return 'participant-gone'
  const section = filled.form.sections.find((one) => one.id === id)!
  const rows = row === undefined ? [] : rowsOf(filled, { section, ...(participant && { participant }) })
  return row !== undefined && !rows.includes(row) ? 'row-gone' : 'not-asked'
}

/**
 * The question that an answer was given to, in the newest form that asks it: what a later form could not take stands
 * under the name of its section and the number of its own form, such as project-v1.summary (decision 104).
 * @param before the forms that the draft was written in earlier, in their order
 */
export function askedIn(
  now: ApplicationForm,
  before: readonly ApplicationForm[],
  path: string
): { form: ApplicationForm; path: string; question: FormQuestion } | undefined {
  const at = readPath(path)
  if (!at) return undefined
  const [, section, number] = /^(.+)-v(\d+)$/.exec(at.section) ?? []
  const was = section === undefined ? path : writePath({ ...at, section })
  // What had stayed without a question for a while was asked by a form before that.
  const earlier = before.slice(0, number === undefined ? before.length : Number(number)).toReversed()
  for (const form of number === undefined ? [now, ...earlier] : earlier) {
    const field = fieldAt(form, was)
    if (field && field !== 'rows') return { form, path: was, question: field }
  }
  return undefined
}
