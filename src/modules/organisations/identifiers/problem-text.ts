import type { KeysOf, Say } from '#shared/texts/language.ts'
import type { IdentifierProblem } from './identifier.ts'

/** The texts of problems: texts/<language>/identifiers.json. */
export type IdentifierKey = KeysOf<'identifiers'>

/** What is wrong and how it should look, in a sentence or two. */
export function identifierProblemText({ problem }: IdentifierProblem, t: Say<IdentifierKey>): string {
  return t(`identifiers.problem.${problem}`)
}
