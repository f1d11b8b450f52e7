/** Something that somebody said; `by` is null when their account was erased. */
export type SaidView = { id: string; text: string; by: string | null; at: string }

/** A comment with what was answered to it. */
export type TalkView = SaidView & {
  path: string
  quote: string | undefined
  settled: boolean
  answers: SaidView[]
}

/** Somebody who can be named. */
export type Mentionable = { value: string; label: string }
