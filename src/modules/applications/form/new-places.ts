import type { ApplicationForm } from '#modules/programmes'
import { readPath, writePath } from '../path.ts'
import { type CarriedOver, carriedPaths } from './carry-over.ts'
import { fieldAt } from './filled.ts'

/** `after`: how many versions the answer had that stood there (move-answers.server.ts). */
type Move = { from: string; to: string; after: number }

/** Where what was written and said in a draft goes when its form changes. What is not named stays. */
export type NewPlaces = {
  answers: Move[]
  /** Comments and tasks. */
  talks: Move[]
  suggestions: Move[]
  /** From which paths something is kept beside the draft, for the question there is another one now. */
  beside: ReadonlySet<string>
}

/** A draft as far as its paths go. */
export type Standing = {
  answers: ReadonlyMap<string, { version: number }>
  discussed: readonly string[]
  /** How many forms were changed under it before. */
  carried: number
}

/**
 * Gives everything in a draft its place in a new version of its form. An answer goes with its question. One whose
 * question is gone stays where it is, unless another question or another kind of answer stands there now: then it is
 * laid beside, so that nothing ever answers what nobody asked. No two things of a kind get one place.
 */
export function newPlaces(
  { aside, moved }: Pick<CarriedOver, 'aside' | 'moved'>,
  { old, form }: { old: ApplicationForm; form: ApplicationForm },
  standing: Standing
): NewPlaces {
  const now = carriedPaths(old, form)
  const used = new Set([...standing.answers.keys(), ...standing.discussed])
  const besides = (path: string) => firstFree(path, standing.carried + 1, used)
  const replaced = (path: string) => now(path) !== path && fieldAt(form, path) !== undefined
  const leaving = new Set(moved.map(({ from }) => from))
  const laid = aside
    .filter(({ path, why }) => why === 'kind' || (replaced(path) && !leaving.has(path)))
    .map(({ path }) => path)
  const move = (from: string, to: string): Move => ({
    ...{ from, to },
    after: standing.answers.has(from) ? (standing.answers.get(to)?.version ?? 0) : 0
  })
  const answers = [
    ...laid.map((from) => move(from, besides(from))),
    ...moved.map(({ from, to }) => move(from, to))
  ]
  const byAnswer = new Map(answers.map(({ from, to }) => [from, to]))
  const withQuestion = (path: string) => now(path) ?? (replaced(path) ? besides(path) : path)
  const going = (to: (path: string) => string) =>
    standing.discussed.map((from) => move(from, to(from))).filter(({ from, to }) => from !== to)
  const unasked = standing.discussed.filter((path) => now(path) === undefined && replaced(path))
  return {
    answers,
    talks: going(withQuestion),
    suggestions: going((path) => byAnswer.get(path) ?? withQuestion(path)),
    beside: new Set([...laid, ...unasked])
  }
}

/** Where something is kept beside the question of the same name: project-v1.summary after the first form. */
function firstFree(path: string, form: number, used: ReadonlySet<string>): string {
  const at = readPath(path)!
  const beside = writePath({ ...at, section: `${at.section}-v${form}` })
  return used.has(beside) ? firstFree(path, form + 1, used) : beside
}
