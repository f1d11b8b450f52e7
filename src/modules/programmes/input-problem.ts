import { formatList } from '#shared/texts/format.ts'
import { isLanguage, type KeysOf, type Language, type Say } from '#shared/texts/language.ts'
import type { Words } from '#shared/rules/vocabulary.ts'

/** The texts of problems: texts/<language>/input.json. */
export type InputKey = KeysOf<'input'>

/**
 * Something in what a person gave that has to be settled (a problem) or is worth knowing (a warning). Plain data:
 * it can travel as JSON and be said in either language by `problemText`.
 */
export type InputProblem = {
  key: InputKey
  args: Record<string, string | number>
  /** Arguments that are words of a language. */
  words?: Record<string, Words>
  /** Where: `partners[3].country`, positions from 0; empty for the whole. */
  path: string
  /** Line of the file or of the pasted text, from 1. */
  line?: number
  /** Column in that line, from 1. */
  column?: number
}

/** The problem in a sentence or two, with its place before it: “Partner 4 (line 12, column 14). There is no …”. */
export function problemText(problem: InputProblem, t: Say<InputKey>): string {
  const place = problemPlace(problem, t)
  const sentence = problemSentence(problem, t)
  return place === '' ? sentence : t('input.placed', { place, sentence })
}

/** The sentence alone, for a form that shows it at the field. */
export function problemSentence(problem: InputProblem, t: Say<InputKey>): string {
  const spoken = t('input.language')
  const language: Language = isLanguage(spoken) ? spoken : 'en'
  const args: Record<string, string | number> = { ...problem.args }
  for (const [name, words] of Object.entries(problem.words ?? {})) args[name] = words[language]
  // The key came from the same place as its arguments, which the compiler cannot follow through data.
  return (t as (key: InputKey, args: object) => string)(problem.key, args)
}

/** Where it is, for a person who counts partners from 1; empty when it concerns the whole. */
export function problemPlace({ path, line, column }: InputProblem, t: Say<InputKey>): string {
  const position = /^partners\[(\d+)\]/.exec(path)
  const number = position ? Number(position[1]) + 1 : undefined
  if (number !== undefined && line !== undefined && column !== undefined)
    return t('input.at-partner-line', { number, line, column })
  if (number !== undefined && line === undefined) return t('input.at-partner', { number })
  if (line !== undefined && column !== undefined) return t('input.at-line', { line, column })
  return line === undefined ? '' : t('input.at-row', { line })
}

/** A value as it may be shown in a sentence: never longer than a line. */
export function shown(value: unknown): Words {
  if (typeof value === 'string') return same(`“${shortened(value)}”`)
  if (Array.isArray(value)) return { en: 'a list', lv: 'saraksts' }
  if (value === null || value === undefined) return { en: 'nothing', lv: 'nekas' }
  if (typeof value === 'object') return { en: 'a group of fields', lv: 'lauku grupa' }
  return same(String(value))
}

/** One line of what was written, at most 60 characters, without what a terminal or page would act upon. */
export function shortened(written: string): string {
  // Cut before cleaning: what was written may be a megabyte.
  const characters = [...cleaned(written.slice(0, 300)).text]
  return characters.length <= 60 && written.length <= 300
    ? characters.join('')
    : `${characters.slice(0, 59).join('').trimEnd()}…`
}

/**
 * Text without control characters (bidirectional overrides too), in one line. Mark-up and formulas stay: they are
 * text and are shown as text.
 */
export function cleaned(written: string): { text: string; changed: boolean } {
  const whole = written.toWellFormed()
  const kept = whole.replace(
    /[^\P{Cc}\s]|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]/gu,
    ''
  )
  return { text: kept.replace(/\s+/gu, ' ').trim(), changed: kept !== written }
}

/** Names in both languages as one choice: “LV (Latvia) or LT (Lithuania)”. */
export function choiceOf(items: readonly Words[]): Words {
  const list = (language: Language) =>
    formatList(
      items.map((item) => item[language]),
      language,
      'or'
    )
  return { en: list('en'), lv: list('lv') }
}

/** Numbers of partners as people count them: “1 and 3”, “1. un 3.”. */
export function partnersOf(positions: readonly number[]): Words {
  return {
    en: formatList(
      positions.map((position) => String(position + 1)),
      'en'
    ),
    lv: formatList(
      positions.map((position) => `${position + 1}.`),
      'lv'
    )
  }
}

/** The same in both languages. */
export function same(text: string): Words {
  return { en: text, lv: text }
}

/** Years in as few words as possible: “2014–2016, 2018”. */
export function yearsText(years: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const year of [...years].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && year <= last[1] + 1) last[1] = year
    else ranges.push([year, year])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}

/** At most so many problems, and so many warnings, are told at once. */
export const mostProblems = 100

export type Path = readonly (string | number)[]
/** `key` takes the place of the key given, when only the search tells which sentence it is. */
export type Said = { key?: InputKey; args?: Record<string, string | number>; words?: Record<string, Words> }

/** Collects what is found, at most `mostProblems` of each; what comes after is only counted. */
export function inputNotes() {
  const problems: InputProblem[] = []
  const warnings: InputProblem[] = []
  let unsaid = 0

  function add(to: InputProblem[], path: Path, key: InputKey, said: () => Said) {
    if (to.length >= mostProblems) {
      if (to === problems) unsaid++
      return
    }
    const { key: found = key, args = {}, words } = said()
    to.push({ key: found, args, ...(words && { words }), path: pathText(path) })
  }
  const nothing = () => ({})

  return {
    /** Something that has to be settled. What is said is made only when there is room: a search may be behind it. */
    problem: (path: Path, key: InputKey, said: () => Said = nothing) => add(problems, path, key, said),
    warning: (path: Path, key: InputKey, said: () => Said = nothing) => add(warnings, path, key, said),
    isClean: () => problems.length === 0,
    all: () => ({
      problems:
        unsaid > 0
          ? [...problems, { key: 'input.more-problems' as const, args: { count: unsaid }, path: '' }]
          : problems,
      warnings
    })
  }
}

export type InputNotes = ReturnType<typeof inputNotes>

/** partners, 3, country → `partners[3].country` */
export function pathText(path: Path): string {
  return path.reduce<string>(pathTo, '')
}

/** The path one step further; a key nobody knows may be long and is cut. */
export function pathTo(path: string, part: string | number): string {
  if (typeof part === 'number') return `${path}[${part}]`
  const key = part.length > 60 ? shortened(part) : part
  return path === '' ? key : `${path}.${key}`
}
