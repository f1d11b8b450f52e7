/** What a save makes of a text that others changed meanwhile. Pure; browsers use it, too. */
import { type Delta, type Splice, apply, compose, composeAll, reach } from './delta.ts'
import { between } from './difference.ts'
import { bringTogether } from './side-by-side.ts'
import { tidied } from './typed-text.ts'

/** A change as it is kept: with what it took away, so that it can be taken back without the text. */
export type KeptSplice = readonly [at: number, removed: string, insert: string]
export type KeptDelta = readonly KeptSplice[]

/** A change of a text as it is kept. One that goes through the middle of a letter is kept as what it did to the letter. */
export function keptDelta(before: string, delta: Delta): KeptDelta {
  const kept = delta.map(([at, remove, insert]) => [at, before.slice(at, at + remove), insert] as const)
  const whole = kept.every(([, removed, insert]) => removed.isWellFormed() && insert.isWellFormed())
  return whole ? kept : keptDelta(before, between(before, apply(before, delta)))
}

/** What a kept change did. */
export function forwards(kept: KeptDelta): Delta {
  return kept.map(([at, removed, insert]): Splice => [at, removed.length, insert])
}

/** What takes a kept change back. */
export function backwards(kept: KeptDelta): Delta {
  let shift = 0
  return kept.map(([at, removed, insert]): Splice => {
    const back: Splice = [at + shift, insert.length, removed]
    shift += insert.length - removed.length
    return back
  })
}

/** A text as it was before some changes. @param later the changes since, the oldest first */
export function textBefore(text: string, later: readonly KeptDelta[]): string {
  return apply(text, composeAll(later.toReversed().map(backwards)))
}

/** A save brought together with what came before it. */
export type Merged = {
  text: string
  /** What the save did to the text that stood. */
  delta: Delta
  /** What the one who saved has not seen: it leads from their text to this one. */
  unseen: Delta
}

/**
 * Brings a change of an earlier text together with what others did since.
 * @param current the text that stands
 * @param tidy how a text is kept: tidied or tidiedLine
 * @param later what happened between the text that was changed and this one, the oldest first
 * @returns undefined where the change is about no such text
 */
export function mergeDelta(
  current: string,
  later: readonly KeptDelta[],
  change: Delta,
  tidy = tidied
): Merged | undefined {
  const base = textBefore(current, later)
  if (reach(change) > base.length) return undefined
  const merged = bringTogether(base, change, composeAll(later.map(forwards)))
  const { text, mine: delta, theirs: unseen } = merged
  const tidyText = tidy(text)
  if (tidyText === text) return { text, delta, unseen }
  const correction = between(text, tidyText)
  return { text: tidyText, delta: compose(delta, correction), unseen: compose(unseen, correction) }
}

/** The same for a whole text that somebody made of an earlier one: what they did is the difference. */
export function mergeText(current: string, later: readonly KeptDelta[], text: string, tidy = tidied): Merged {
  const base = textBefore(current, later)
  const typed = tidy(text)
  const merged = mergeDelta(current, later, between(base, typed), tidy)
  if (!merged) throw new Error('A difference of a text is about that text.')
  return merged
}

/**
 * What the writer of a change has not seen that was kept some time ago, when it comes once more.
 * @param current the text that stands
 * @param kept what was kept since the text that was changed, the oldest first; `at` is the place of the change itself
 */
export function unseenOf(
  current: string,
  { kept, at }: { kept: readonly KeptDelta[]; at: number },
  change: Delta,
  tidy = tidied
): Delta {
  const then = textBefore(current, kept.slice(at))
  const mine = mergeDelta(then, kept.slice(0, at), change, tidy)
  const since = kept.slice(at + 1)
  // The same change came to the same text; another one under the same number is answered by what differs.
  if (mine?.text === textBefore(current, since)) return composeAll([mine.unseen, ...since.map(forwards)])
  return between(apply(textBefore(current, kept), change), current)
}
