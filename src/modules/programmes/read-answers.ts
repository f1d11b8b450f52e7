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

/** The questions of one key: those of the action and edition asked, and those of any. */
type Questions = { asked: KnownQuestion[]; any: KnownQuestion[] }

function questionsByKey(knowledge: Knowledge, asked: Asked): Map<string, Questions> {
  const questions = new Map<string, Questions>()
  const inEdition = (editions: number[] | undefined) =>
    asked.edition === undefined || !editions || editions.includes(asked.edition)
  for (const action of knowledge.actions) {
    for (const question of action.questions) {
      const of = questions.get(question.key) ?? { asked: [], any: [] }
      questions.set(question.key, of)
      of.any.push(question)
      if ((asked.action ?? action.id) !== action.id || !inEdition(question.editions)) continue
      const options = question.options?.filter((option) => inEdition(option.editions))
      of.asked.push({ ...question, ...(options && { options }) })
    }
  }
  return questions
}

/**
 * One answer. An option of another edition or action is an answer still: what follows from it, the rules say. Only a
 * value that no question knows is refused.
 */
function readAnswer(given: unknown, path: Path, { asked, any }: Questions, notes: InputNotes): unknown {
  if (given === null || given === undefined) return null
  const args = { field: String(path.at(-1)) }
  const offered = asked.length > 0 ? asked : any
  const meant = acceptedBy(given, offered)
  if (meant !== undefined) return meant
  const words = () => ({
    found: shown(Array.isArray(given) ? given.find((one) => acceptedBy(one, offered) === undefined) : given),
    options: choiceOf(optionsOf(offered).slice(0, 20))
  })
  const other = acceptedBy(given, any)
  if (other !== undefined) {
    notes.warning(path, 'input.answer-elsewhere', () => ({ args, words: words() }))
    return other
  }
  notes.problem(path, 'input.answer-option', (): Said => {
    const { found, options } = words()
    if (offered[0]?.answer === 'number') return { key: 'input.answer-number', args, words: { found } }
    if (offered[0]?.answer === 'yes-no') return { key: 'input.expects-yes-no', args, words: { found } }
    return { args, words: { found, options } }
  })
  return undefined
}

function acceptedBy(given: unknown, questions: readonly KnownQuestion[]): unknown {
  for (const question of questions) {
    const answer = accepted(given, question)
    if (answer !== undefined) return answer
  }
  return undefined
}

/** The answer as the rules read it, or undefined when it is none to this question. */
function accepted(given: unknown, { answer, options = [] }: KnownQuestion): unknown {
  switch (answer) {
    case 'number':
      return numberOf(given)
    case 'yes-no':
      return readYesNo(given, [], silent) ?? undefined
    case 'one': {
      // Two where one may be chosen is an answer too: a rule says that it is one too many.
      const chosen = chosenOf(given, options)
      return chosen?.length === 1 ? chosen[0] : chosen?.length === 0 ? undefined : chosen
    }
    case 'many':
      return chosenOf(given, options)
  }
}

function chosenOf(given: unknown, options: readonly KnownOption[]): (string | number)[] | undefined {
  const list = Array.isArray(given) ? given : [given]
  if (list.length > most) return undefined
  const values = list.map((one) => options.find((option) => isOption(one, option))?.value)
  return values.includes(undefined) ? undefined : [...new Set(values as (string | number)[])]
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
