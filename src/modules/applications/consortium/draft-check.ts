import type { InputProblem } from '#modules/programmes'
import type { CheckReport } from '#server/programmes'

/** What came of a check. Without an answer nobody may apply, but where there is nothing to ask. */
export type Checked =
  | { state: 'checked'; report: CheckReport }
  /** The call truly has no rules. */
  | { state: 'no-rules' }
  /** It has, and they cannot be asked: `unread` says why. */
  | { state: 'unreadable' }

/** The same with what of the draft no rule can read, and why: it counts as not known. */
export type ReadCheck = Checked & { unread: InputProblem[] }

/** The check of a draft, by the rules of its own call. */
export type DraftCheck = ReadCheck & {
  /** Participants that count although they have not agreed yet. */
  waiting: number
}

/** What the rules answered, where they could be asked. */
export function reportOf(check: Checked): CheckReport | undefined {
  return check.state === 'checked' ? check.report : undefined
}
