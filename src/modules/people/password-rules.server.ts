import type { Problem } from '#shared/forms/refused.ts'
import type { IsLeaked } from './leaked-passwords.server.ts'

/** Fewer characters are refused, and more: long enough for any sentence, and no work for a flood. */
export const passwordLength = { least: 12, most: 128 } as const

/** As much must be left, in characters, once everything that is tried first has been taken out. */
const leastEffort = 8
// A common word is one of some ten thousand: as much as two characters picked at random.
const effortOfWord = 2

/**
 * What is the matter with a password that somebody chose; undefined: nothing. No rules about kinds of characters
 * (NIST SP 800-63B): what counts is how soon it would be guessed.
 * @param about words anybody would try for this person: their name, their address
 * @param isLeaked asked last, of what nothing else is wrong with
 */
export async function passwordProblem(
  field: string,
  password: string,
  about: readonly string[],
  isLeaked?: IsLeaked
): Promise<Problem | undefined> {
  const length = [...password.normalize('NFKC')].length
  if (length === 0) return { field, key: 'form.missing' }
  if (length < passwordLength.least)
    return { field, key: 'people.password.too-short', args: { least: passwordLength.least, length } }
  if (length > passwordLength.most)
    return { field, key: 'people.password.too-long', args: { most: passwordLength.most } }
  const { common, longest } = await known()
  const folded = fold(password)
  if (common.has(folded)) return { field, key: 'people.password.common' }
  const own = new Set([...about, 'kopa', 'erasmus'].flatMap(wordsOf))
  if (effortOf(folded, { common, longest, own }) < leastEffort)
    return { field, key: 'people.password.guessable' }
  if (await isLeaked?.(password)) return { field, key: 'people.password.leaked' }
  return undefined
}

type Words = { common: ReadonlySet<string>; longest: number; own: ReadonlySet<string> }

/**
 * How much guessing a password takes, in characters picked at random: what is repeated or in a row counts as one,
 * a common word as two, what is known of the person as nothing.
 */
function effortOf(folded: string, words: Words): number {
  const plain = onceOnly(folded)
  const longestOwn = Math.max(...[...words.own].map((word) => word.length))
  let effort = 0
  for (let at = 0; at < plain.length;) {
    const own = longestAt(plain, at, words.own, longestOwn)
    const run = runAt(plain, at)
    const word = longestAt(plain, at, words.common, words.longest)
    const taken = Math.max(own, run, word, 1)
    if (own < taken) effort += taken === 1 || run === taken ? 1 : effortOfWord
    at += taken
  }
  // Few characters over and over are few, however long the row.
  return Math.min(effort, 2 * new Set(plain).size)
}

// kopakopakopa → kopa: the shortest piece of which the whole is made.
function onceOnly(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) {
    const piece = text.slice(0, size)
    if (piece.repeat(Math.ceil(text.length / size)).startsWith(text)) return piece
  }
  return text
}

/** @returns how long the longest word is that begins there; 0: none */
function longestAt(text: string, at: number, words: ReadonlySet<string>, longest: number): number {
  for (let size = Math.min(longest, text.length - at); size >= leastWord; size--) {
    if (words.has(text.slice(at, at + size))) return size
  }
  return 0
}

const leastWord = 3
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', 'abcdefghijklmnopqrstuvwxyz']
const inARow = rows.flatMap((row) => [row.repeat(2), [...row].reverse().join('').repeat(2)])

/** @returns how many characters from there on are the same or in the order of a keyboard or the alphabet; 0: under 3 */
function runAt(text: string, at: number): number {
  let size = 1
  while (text[at + size] === text[at]) size++
  if (size >= leastWord) return size
  size = leastWord
  const fits = (upTo: number) =>
    at + upTo <= text.length && inARow.some((row) => row.includes(text.slice(at, at + upTo)))
  if (!fits(size)) return 0
  while (fits(size + 1)) size++
  return size
}

/** Small letters without their marks. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

// 'Maria Bērziņa', 'maria.berzina@piemers.lv' → maria, berzina, piemers
function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= leastWord)
}

type Known = { common: ReadonlySet<string>; longest: number }
let loaded: Promise<Known> | undefined

/** What everybody tries first. Read when the first password is chosen, and kept: 57 000 words. */
function known(): Promise<Known> {
  return (loaded ??= load())
}

async function load(): Promise<Known> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const words = Object.values(dictionary as Record<string, string[]>)
    .flat()
    .map(fold)
    .filter((word) => word.length >= leastWord)
  return { common: new Set(words), longest: Math.max(...words.map((word) => word.length)) }
}
