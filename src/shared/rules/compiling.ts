import type { Finding } from './findings.ts'
import type { Lexicon } from './lexicon.ts'
import type { Marked, Selections } from './selections.ts'

/** What compiling a rule needs: the words of the edition, and the selections of the action so far. */
export type Context = { lexicon: Lexicon; selections: Selections; fields: readonly string[] }

/** A rule, compiled: asks one consortium. */
export type Evaluate = (marked: Marked) => Finding
