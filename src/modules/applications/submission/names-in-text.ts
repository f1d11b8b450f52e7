import { formsOf } from './name-forms.ts'

/** Somebody's name, or an organisation's, and what stands for it. */
export type Named = { name: string; of: 'organisation' | 'person'; instead: string }

type Word = { written: string; small: string; from: number; to: number }

/**
 * Words in a row by which somebody is found. `whole`: as it was given, which also holds in small letters and before
 * an ending of another language. `alone`: one word, which may be one of the language.
 */
type Sought = {
  words: readonly { small: string; forms: ReadonlySet<string>; initial: boolean }[]
  whole: boolean
  alone: boolean
  of: Named['of']
  instead: string
}

/** Whether one of these forms is also used in small letters. */
type IsWord = (forms: ReadonlySet<string>) => boolean

/** For a surname that several have. */
const oneOfThem = '[…]'

/** The words of a text without what names share: “Āža kalns” is two, “D’Angelo-Bērziņa” three. */
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

// Between two words of one name: spaces, hyphens, quotation marks, the full stop of “J. Ozola” and of “2. vidusskola”.
const between = /^(?:[.)]?[\s"“”„‟«»(]{1,6}|[-‐–'’]|\.)$/u
const betweenReversed = /^,?\s{1,3}$/u
const quotes = /["“”„‟«»]/gu
const sentenceEnds = /(?:^|[.!?:…\n•]["“”„«»)]*\s*|\n[-–\d.)\s]*)["“„«(]*$/u

// One word of a name is sought by itself where it is long enough to be one.
const shortestAlone = 4
const shortestStart = 4
const longestEnding = 6
// Signs between two sentences, such as “.” – and a new line.
const mostSigns = 6

/**
 * What takes names out of a text. A name is found as it was given, in whatever case; declined in Latvian and
 * Lithuanian; a person also with an initial (“A. Bērziņa”), with the surname first, and by a surname alone, if it
 * begins with a capital letter. Where a sentence begins, a word that is also used in small letters is no name. A
 * given name alone stays: others have it too. Where a surname is of several, it is said of nobody.
 * @param beside other texts of the same author, by which words of the language are known
 */
export function withoutNames(
  names: readonly Named[],
  beside: readonly string[] = []
): (text: string) => string {
  const ordinary = new Set(beside.flatMap(smallWordsIn))
  const byFirst = new Map<string, Sought[]>()
  for (const sought of names.flatMap(waysToWrite))
    for (const form of firstForms(sought)) {
      const others = byFirst.get(form)
      if (others) others.push(sought)
      else byFirst.set(form, [sought])
    }
  return (text) => {
    const words = wordsIn(text)
    const here = new Set(smallWordsIn(text))
    const isWord: IsWord = (forms) => [...forms].some((form) => here.has(form) || ordinary.has(form))
    let left = ''
    let done = 0
    for (let at = 0; at < words.length; at++) {
      const found = longest(text, words, at, byFirst.get(words[at]!.small) ?? [], isWord)
      if (!found) continue
      const { from, to } = withItsMarks(text, words[at]!.from, words[at + found.length - 1]!.to, done)
      left += text.slice(done, from) + found.instead
      done = to
      at += found.length - 1
    }
    return left + text.slice(done)
  }
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map(({ 0: written, index }) => ({
    ...{ written, small: written.toLocaleLowerCase('lv') },
    ...{ from: index, to: index + written.length }
  }))
}

/** The words that stand there in small letters. */
function smallWordsIn(text: string): string[] {
  return wordsIn(text).flatMap(({ written, small }) => (written === small ? [small] : []))
}

function waysToWrite(named: Named): Sought[] {
  const { of, instead } = named
  const words = wordsIn(named.name)
  if (words.length === 0) return []
  const sought = (some: readonly Word[], more: Partial<Sought> = {}): Sought => ({
    words: some.map(({ small }) => ({ small, forms: formsOf(small), initial: false })),
    ...{ whole: false, alone: some.length === 1, of, instead, ...more }
  })
  return [
    sought(words, { whole: words.length > 1 }),
    ...(of === 'person' ? waysToWritePerson(named.name, words, sought) : waysToWriteOrganisation(named))
  ]
}

/** An organisation without what is added in brackets, and by what stands in quotation marks. */
function waysToWriteOrganisation({ name, ...rest }: Named): Sought[] {
  const bare = name.replace(/\s*[([][^)\]]*[)\]]\s*$/u, '')
  const quoted = /[“„"«](.{4,}?)[”“"»]/u.exec(name)?.[1]
  return [bare, quoted].flatMap((one) =>
    one && one.trim().length > 2 && one !== name ? waysToWrite({ name: one, ...rest }) : []
  )
}

/** Of “Anna Marija Bērziņa”: with one given name or its initial, with the surname first, and the surname alone. */
function waysToWritePerson(
  name: string,
  words: readonly Word[],
  sought: (some: readonly Word[], more?: Partial<Sought>) => Sought
): Sought[] {
  // “Dr.” and “de” are nobody's.
  const own = words.filter(({ written, to }) => isCapitalised(written) && name[to] !== '.')
  // “Bērziņa-Kalniņa” is one surname of two words.
  const startOfLast = name.search(/\S+\s*$/u)
  const surname = own.filter(({ from }) => from >= startOfLast)
  const given = own.filter(({ from }) => from < startOfLast)
  if (surname.length === 0 || given.length === 0 || own.length > 6) return []
  const withInitial = (one: Word): Sought => {
    const full = sought([one, ...surname])
    return { ...full, words: full.words.map((word, at) => (at === 0 ? { ...word, initial: true } : word)) }
  }
  return [
    ...given.flatMap((one) => [sought([one, ...surname]), sought([...surname, one]), withInitial(one)]),
    sought([...given, ...surname]),
    sought([...surname, ...given]),
    ...[surname, ...(surname.length > 1 ? surname.map((one) => [one]) : [])]
      .filter((some) => some.some(({ written }) => written.length >= shortestAlone))
      .map((some) => sought(some))
  ]
}

function firstForms({ words, whole }: Sought): Iterable<string> {
  const [first] = words
  if (first!.initial) return [...initialsOf(first!.small)]
  return whole ? new Set([first!.small, ...first!.forms]) : first!.forms
}

/** “A.”, and “Dz.” of Dzintra. */
function initialsOf(given: string): Set<string> {
  return new Set([given.slice(0, 1), ...(/^(?:dz|dž|ch|sh)/.test(given) ? [given.slice(0, 2)] : [])])
}

/** Whichever name takes most words from here, and how many. */
function longest(
  text: string,
  words: readonly Word[],
  at: number,
  sought: readonly Sought[],
  isWord: IsWord
): { length: number; instead: string } | undefined {
  const found = sought.filter((one) => isThere(text, words, at, one, isWord))
  const length = Math.max(0, ...found.map((one) => one.words.length))
  const longestOnes = found.filter((one) => one.words.length === length)
  const first = longestOnes.find((one) => one.whole) ?? longestOnes[0]
  if (!first) return undefined
  const several = !first.whole && longestOnes.some(({ instead }) => instead !== first.instead)
  return { length, instead: several ? oneOfThem : first.instead }
}

function isThere(
  text: string,
  words: readonly Word[],
  at: number,
  { words: wanted, whole, alone, of }: Sought,
  isWord: IsWord
): boolean {
  const there = words.slice(at, at + wanted.length)
  if (there.length < wanted.length) return false
  if (!wanted.every((one, n) => fits(there[n]!, one, whole && n === wanted.length - 1))) return false
  const gaps = there.slice(1).map((word, n) => text.slice(there[n]!.to, word.from))
  if (!gaps.every((gap) => between.test(gap) || (of === 'person' && betweenReversed.test(gap)))) return false
  if (whole && wanted.every((one, n) => there[n]!.small.startsWith(one.small))) return true
  if (!(of === 'person' ? there : there.slice(0, 1)).every(({ written }) => isCapitalised(written)))
    return false
  return !alone || !beginsSentence(text, there[0]!) || !isWord(wanted[0]!.forms)
}

function fits({ small }: Word, wanted: Sought['words'][number], mayEndOtherwise: boolean): boolean {
  if (wanted.initial) return initialsOf(wanted.small).has(small)
  if (wanted.forms.has(small)) return true
  // “Turun lukiossa”: endings of other languages are not known one by one.
  return (
    mayEndOtherwise &&
    wanted.small.length >= shortestStart &&
    small.startsWith(wanted.small) &&
    small.length <= wanted.small.length + longestEnding
  )
}

function beginsSentence(text: string, { from }: Word): boolean {
  return sentenceEnds.test(text.slice(Math.max(0, from - mostSigns), from))
}

function isCapitalised(word: string): boolean {
  return /^[\p{Lu}\p{N}]/u.test(word)
}

/** From the quotation mark that a name begins with to the one, or the bracket, that it ends with. */
function withItsMarks(text: string, from: number, to: number, done: number): { from: number; to: number } {
  const inside = text.slice(from, to)
  const isOdd = (inside.match(quotes)?.length ?? 0) % 2 === 1
  if (isOdd && /["“”«»]/u.test(text[to] ?? '')) return { from, to: to + 1 }
  if (isOdd && from > done && /["“„‟«]/u.test(text[from - 1] ?? '')) return { from: from - 1, to }
  if (inside.includes('(') && !inside.includes(')') && text[to] === ')') return { from, to: to + 1 }
  return { from, to }
}
