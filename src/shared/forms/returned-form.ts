/** A form that came back, for components: safe in a browser. */
import type { Typed } from './read-form.ts'
import type { Reason } from './refused.ts'

/** A problem in the reader's words. */
export type SpokenProblem = { field: string; message: string }

/** A form that comes back: what was typed, and what has to be settled. */
export type ReturnedForm = {
  typed: Typed
  problems: SpokenProblem[]
  /** Why it was refused, when that is not a matter of single fields. */
  refused: Reason
  /** With other-role: the role to switch to. */
  role?: string | undefined
  /** With changed: what stands now. */
  current?: unknown
}

/** The message of a field of a returned form; undefined when there is none. */
export function problemOf(
  form: { problems: SpokenProblem[] } | null | undefined,
  field: string
): string | undefined {
  return form?.problems.find((problem) => problem.field === field)?.message
}
