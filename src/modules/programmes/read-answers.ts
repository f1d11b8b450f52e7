import { choiceOf, same, shortened, shown, type InputNotes, type Path, type Said } from './input-problem.ts'
import type { Knowledge, KnownOption, KnownQuestion } from './knowledge.ts'
import { fold } from './nearest.ts'
import { groupOf, longestName, numberOf, readYesNo, wrongKind } from './read-values.ts'
import { nearestField } from './unknown-fields.ts'

/** At most so many answers, and so many choices in one answer, are read. */
const most = 100

/** Which questions are meant: those of the action and edition asked, or of all when nothing was asked. */
export type Asked = { action?: string; edition?: number }

/**
 * The answers beside the partners. Keys that no question asks for are warned of and kept where they are simple, so that
 * nothing is lost on the way through; no rule reads them.
 */
export function readAnswers(
  value: unknown,
  path: Path,
  { knowledge, notes, asked }: { knowledge: Knowledge; notes: InputNotes; asked: Asked }
): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined
  const fields = groupOf(value)
  if (!fields || fields.size > most) {
    wrongKind(value, path, 'input.expects-answers', notes)
    return undefined
  }
  const questions = questionsByKey(knowledge, asked)
  const answers: [string, unknown][] = []
  for (const [key, given] of fields) {
    const at = [...path, key]
    const meant = questions.get(key)
    const answer = meant
      ? readAnswer(given, at, meant, notes)
      : readUnknown(key, given, at, [...questions.keys()], notes)
    if (answer !== undefined) answers.push([key, answer])
  }
  // From entries: a key called __proto__ is then a key like any other.
  return Object.fromEntries(answers)
}

/** Every question by its key; where the action and edition asked have some of that key, only those. */
function questionsByKey(knowledge: Knowledge, asked: Asked): Map<string, KnownQuestion[]> {
  const all = new Map<string, KnownQuestion[]>()
  const meant = new Map<string, KnownQuestion[]>()
  const add = (to: Map<string, KnownQuestion[]>, question: KnownQuestion) =>
    to.set(question.key, [...(to.get(question.key) ?? []), question])
  const inEdition = (editions: number[] | undefined) =>
    asked.edition === undefined || !editions || editions.includes(asked.edition)
  for (const action of knowledge.actions) {
    for (const question of action.questions) {
      add(all, question)
      const isAsked = (asked.action ?? action.id) === action.id && inEdition(question.editions)
      if (!isAsked) continue
      const options = question.options?.filter((option) => inEdition(option.editions))
      add(meant, { ...question, ...(options && { options }) })
    }
  }
  return new Map([...all, ...meant])
}

function readAnswer(
  given: unknown,
  path: Path,
  questions: readonly KnownQuestion[],
  notes: InputNotes
): unknown {
  if (given === null || given === undefined) return null
  for (const question of questions) {
    const answer = accepted(given, question)
    if (answer !== undefined) return answer
  }
  const key = String(path.at(-1))
  const [question] = questions
  notes.problem(path, 'input.answer-option', (): Said => {
    const args = { field: key }
    const found = shown(Array.isArray(given) ? given.find((one) => !acceptedByAny(one, questions)) : given)
    if (question?.answer === 'number') return { key: 'input.answer-number', args, words: { found } }
    if (question?.answer === 'yes-no') return { key: 'input.expects-yes-no', args, words: { found } }
    return { args, words: { found, options: choiceOf(optionsOf(questions).slice(0, 20)) } }
  })
  return undefined
}

function acceptedByAny(given: unknown, questions: readonly KnownQuestion[]): boolean {
  return questions.some((question) => accepted(given, question) !== undefined)
}

/** The answer as the rules read it, or undefined when it is none to this question. */
function accepted(given: unknown, { answer, options = [] }: KnownQuestion): unknown {
  switch (answer) {
    case 'number':
      return numberOf(given)
    case 'yes-no':
      return readYesNo(given, [], silent) ?? undefined
    case 'one':
      return options.find((option) => isOption(given, option))?.value
    case 'many': {
      const list = Array.isArray(given) ? given : [given]
      if (list.length > most) return undefined
      const values = list.map((one) => options.find((option) => isOption(one, option))?.value)
      return values.includes(undefined) ? undefined : [...new Set(values)]
    }
  }
}

const silent = { warning: () => {}, problem: () => {} } as unknown as InputNotes

function isOption(given: unknown, { value, names }: KnownOption): boolean {
  if (given === value) return true
  if (typeof given !== 'string' && typeof given !== 'number') return false
  const written = fold(String(given).slice(0, longestName))
  return written !== '' && [String(value), names.en, names.lv].some((form) => fold(form) === written)
}

function optionsOf(questions: readonly KnownQuestion[]) {
  const values = new Set(questions.flatMap(({ options = [] }) => options.map(({ value }) => String(value))))
  return [...values].map(same)
}

function readUnknown(
  key: string,
  given: unknown,
  path: Path,
  known: readonly string[],
  notes: InputNotes
): unknown {
  const kept = isSimple(given) || (Array.isArray(given) && given.length <= most && given.every(isSimple))
  notes.warning(path, kept ? 'input.unknown-answer' : 'input.unknown-answer-left-out', () => {
    const near = kept ? nearestField(key, known) : undefined
    const args = { field: shortened(key) }
    return near === undefined
      ? { args }
      : { key: 'input.unknown-answer-nearest', args: { ...args, nearest: near } }
  })
  return kept ? given : undefined
}

function isSimple(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && value.length <= longestName)
  )
}
