import { countryNamed } from '../names/country-words.ts'
import { editDistance, slipsAllowed } from '../names/edit-distance.ts'
import { foldName, initialsOf, wordsOf } from '../names/fold-name.ts'
import { classOf, isBetween, isLegalForm } from '../names/word-classes.ts'

/** How like two names are: the same but for the way they are written, or near enough to ask. */
export type Likeness = 'same' | 'like'

/** Less of both names that agrees is another organisation. */
const leastShared = 0.8

/**
 * Whether two names may be those of one organisation. Case, marks, alphabets, forms of law, abbreviations and the
 * order of words make no difference, words such as “university” are the same in all languages, and single letters may
 * be mistaken; a number that differs makes another organisation (school no. 45 is not no. 46).
 */
export function likeNames(one: string, other: string): Likeness | undefined {
  const [words, others] = [tellingWords(one), tellingWords(other)]
  if (words.length === 0 || others.length === 0) return undefined
  if (differ(numbersOf(words), numbersOf(others))) return undefined
  if (inOneOrder(words) === inOneOrder(others)) return 'same'
  if (isInitialsOf(one, other) || isInitialsOf(other, one)) return 'like'
  return shared(words, others) >= leastShared ? 'like' : undefined
}

/** A word of a name, and what kind of word it is in any language, or which country it names. */
type Telling = { word: string; kind: string | undefined }

function tellingWords(name: string): Telling[] {
  return wordsOf(foldName(name))
    .filter((word) => !isLegalForm(word) && !isBetween(word))
    .map((word) => ({ word, kind: classOf(word) ?? countryNamed(word, foldName) }))
}

function inOneOrder(words: readonly Telling[]): string {
  const keys = words.map(({ word, kind }) => (kind === undefined ? word : `=${kind}`))
  return keys.sort().join(' ')
}

function numbersOf(words: readonly Telling[]): string[] {
  return words
    .map(({ word }) => word)
    .filter((word) => /^\d+$/.test(word))
    .sort()
}

// One that has numbers and one that has none may be the same: a founding year, a house number.
function differ(numbers: readonly string[], others: readonly string[]): boolean {
  return numbers.length > 0 && others.length > 0 && numbers.join(' ') !== others.join(' ')
}

/** What share of the letters of both names stands in words that have a partner in the other. */
function shared(words: readonly Telling[], others: readonly Telling[]): number {
  const left = [...others]
  let met = 0
  for (const word of words) {
    const at = left.findIndex((other) => isSameWord(word, other))
    if (at < 0) continue
    met += weightOf(word) + weightOf(left[at]!)
    left.splice(at, 1)
  }
  const all = [...words, ...others].reduce((sum, word) => sum + weightOf(word), 0)
  return met / all
}

// A kind of organisation tells less than a name does, however long the word is.
function weightOf({ word, kind }: Telling): number {
  return kind === undefined ? Math.min(word.length, 10) : 3
}

function isSameWord(one: Telling, other: Telling): boolean {
  if (one.word === other.word) return true
  if (one.kind !== undefined && other.kind !== undefined) return one.kind === other.kind
  const slips = Math.min(slipsAllowed(one.word), slipsAllowed(other.word))
  return editDistance(one.word, other.word, slips) < Infinity
}

function isInitialsOf(short: string, long: string): boolean {
  const letters = foldName(short)
  return /^\p{L}{3,6}$/u.test(letters) && initialsOf(wordsOf(foldName(long))) === letters
}
