import { countryNamed } from './country-words.ts'
import { editDistance, slipsAllowed } from './edit-distance.ts'
import { foldName, wordsOf } from './fold-name.ts'
import { classOf, isBetween, isLegalForm } from './word-classes.ts'

/** What somebody typed to find an organisation by its name. */
export type TypedName = {
  folded: string
  /** At most this many are looked up; the last may not be finished. */
  words: string[]
}

const mostWords = 6

export function typedName(text: string): TypedName {
  const folded = foldName(text)
  const all = wordsOf(folded)
  // Forms of law and “of the” find nothing, unless nothing else was typed; the last word may become another.
  const telling = all.filter((word, at) => !isLegalForm(word) && (!isBetween(word) || at === all.length - 1))
  return { folded, words: (telling.length > 0 ? telling : all).slice(0, mostWords) }
}

/**
 * Words by which one typed word may be meant, each with how well it fits: 1 is as typed. Besides words of the
 * register: `uni*` any that begins so, `=university` any of that kind, `@rtu` names with these first letters.
 */
export type Meant = Map<string, number>

/** Whether words of the register that look like it are worth asking for. */
export function mayBeMistyped(word: string): boolean {
  return slipsAllowed(word) > 0 && classOf(word) === undefined
}

/**
 * What a typed word may mean.
 * @param alike words of the register that look like it
 * @param unfinished whether more letters may follow
 */
export function meant(typed: string, alike: readonly string[], unfinished: boolean): Meant {
  const fits: Meant = new Map([[typed, 1]])
  if (unfinished) fits.set(`${typed}*`, 0.95)
  const kind = classOf(typed)
  if (kind) fits.set(`=${kind}`, 0.8)
  const country = countryNamed(typed, foldName)
  if (country) fits.set(`=${country.toLowerCase()}`, 0.9).set(`+${country.toLowerCase()}`, 0.5)
  if (/^\p{L}{2,6}$/u.test(typed)) fits.set(`@${typed}`, 0.75)
  for (const word of alike) {
    // What a word of the same kind finds, the kind finds as well.
    if (word === typed || (kind && classOf(word) === kind) || (unfinished && word.startsWith(typed))) continue
    const fit = fitOfSlips(typed, word, unfinished)
    if (fit > 0) fits.set(word, fit)
  }
  return fits
}

function fitOfSlips(typed: string, word: string, unfinished: boolean): number {
  const slips = editDistance(typed, word, slipsAllowed(typed))
  // A first letter is seldom wrong, and an ending often is another case of the same word.
  if (slips < Infinity) return 0.9 - 0.15 * slips - (typed[0] === word[0] ? 0 : 0.1)
  if (!unfinished || typed.length < 5) return 0
  const begun = editDistance(typed, word.slice(0, typed.length), 1)
  return begun < Infinity ? 0.7 - 0.15 * begun : 0
}

/**
 * How well a name of the register fits what was typed, from 0 to 1: every typed word counts by its length; a name
 * that begins as typed, and one that says little else, fit better.
 */
export function fitOfName(
  typed: TypedName,
  meanings: readonly Meant[],
  { folded, words }: { folded: string; words: readonly string[] }
): number {
  let got = 0
  let all = 0
  typed.words.forEach((word, at) => {
    const weight = Math.min(word.length, 8) + 2
    const unfinished = meanings[at]!.get(`${word}*`) ?? 0
    const fit = (held: string) => meanings[at]!.get(held) ?? (held.startsWith(word) ? unfinished : 0)
    all += weight
    got += weight * Math.max(0, ...words.map(fit))
  })
  const covered = all === 0 ? 0 : got / all
  const begins = folded.startsWith(typed.folded) ? 0.1 : 0
  const length = Math.min(1, typed.folded.length / Math.max(1, folded.length))
  return 0.8 * covered + begins + 0.1 * length
}
