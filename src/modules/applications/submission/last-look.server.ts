import type { Programmes } from '#server/programmes'
import type { BudgetAtHand, Circumstances, Written } from './asked.ts'
import { type NamedFile, namedIn } from './files-at-hand.server.ts'
import { writtenDigests } from './manifest.ts'

/** What an application consists of, by a look at it: all that acceptance needs to know of what is written in it. */
export type Contents = {
  /** How many answers there were, and the sum of their versions. */
  answers: number
  versions: number
  budget: BudgetAtHand
  /** Paths of answers that are not part of it: nobody asks them any more (decision 102). */
  leftOut: readonly string[]
  /** The digests of those that are, as the manifest holds them. */
  digests: string
  /** Files that these name. */
  files: readonly NamedFile[]
}

/** @param asked the paths of all that is asked now */
export function contentsOf({ answers, budget }: Written, asked: ReadonlySet<string>): Contents {
  const given = [...answers.values()].filter(({ path }) => asked.has(path))
  return {
    answers: answers.size,
    versions: answers.values().reduce((sum, { version }) => sum + version, 0),
    budget,
    leftOut: [...answers.keys()].filter((path) => !asked.has(path)),
    digests: writtenDigests(given.map(({ path, digest }) => [path, digest])),
    files: namedIn(answers, asked)
  }
}

type Look = { around: string; contents: Contents }

const mostKept = 4000 // not of a guide: applications; each takes some ten kilobytes
const looks = new WeakMap<Programmes, Map<string, Look>>()

/**
 * Remembers a look that found nothing in the way of an application, for the button beside what it showed. What is
 * remembered is never trusted: everything around the application is read anew and compared, and the statement that
 * freezes names the versions that were looked at. Nobody is refused by it.
 */
export function rememberLook(programmes: Programmes, around: Circumstances, contents: Contents): void {
  const known = looks.get(programmes) ?? new Map<string, Look>()
  looks.set(programmes, known)
  known.delete(around.outline.id)
  known.set(around.outline.id, { around: lookedAround(around), contents })
  if (known.size > mostKept) known.delete(known.keys().next().value!)
}

/** What the last look found, where nothing around the application is another now. */
export function recallLook(programmes: Programmes, around: Circumstances): Contents | undefined {
  const known = looks.get(programmes)?.get(around.outline.id)
  return known?.around === lookedAround(around) ? known.contents : undefined
}

/** What is written is another by now, or is handed in. */
export function forgetLook(programmes: Programmes, application: string): void {
  looks.get(programmes)?.delete(application)
}

/** All that a final check reads besides what is written: who takes part, what is known of them, what the call opens. */
function lookedAround({ outline, mandates, facts, call }: Circumstances): string {
  const ofEach = outline.participants.map(({ id }) => [mandates.get(id), facts.get(id)])
  return JSON.stringify([outline, ofEach, call.actions])
}
