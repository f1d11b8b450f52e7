import { charactersOf } from './characters-of-font.ts'
import type { FontFamily } from './fonts.ts'

/** A text as it can be printed. */
export type Shown = {
  text: string
  /** The fonts that it takes beside the first. */
  by: ReadonlySet<FontFamily>
  /** How many signs no font has: each stands as □. */
  unshown: number
}

/** What a reader sees where no font has the sign. */
const standIn = '□'

/** What turns the order of letters around, or stands for nothing, is not printed. */
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/gu

/** Joiners shape the letters beside them, as Persian and Sinhala need; they are no letters of a font. */
const joiners = /[\u200c\u200d]/gu

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })
const none: ReadonlySet<FontFamily> = new Set()

/**
 * Makes texts printable by fonts, the first of which is asked first: a sign that none of them has (an emoji, a word
 * in another script) becomes □. Standards for documents refuse a file with a missing sign, and then there would be
 * none at all. A font is opened when it is first asked.
 */
export function shownByFonts([first, ...others]: readonly FontFamily[]): (text: string) => Shown {
  const opened = new Map<FontFamily, ((code: number) => boolean)[]>()
  const has = (family: FontFamily, letters: string) => {
    if (!opened.has(family)) opened.set(family, family.files.map(charactersOf))
    const faces = opened.get(family)!
    return [...letters].every((letter) => faces.every((face) => face(letter.codePointAt(0)!)))
  }
  const known = new Map<string, Shown>()
  const remember = (of: string, make: (of: string) => Shown): Shown => {
    const before = known.get(of) ?? make(of)
    known.set(of, before)
    return before
  }
  const sign = (written: string): Shown => {
    const kept = written.replace(invisible, '')
    const letters = kept.replace(joiners, '')
    if (letters === '') return { text: '', by: none, unshown: 0 }
    if (first && has(first, letters)) return { text: kept, by: none, unshown: 0 }
    const other = others.find((family) => has(family, letters))
    return other ? { text: kept, by: new Set([other]), unshown: 0 } : { text: standIn, by: none, unshown: 1 }
  }
  const run = (written: string): Shown =>
    [...signs.segment(written)]
      .map(({ segment }) => remember(segment, sign))
      .reduce((all, { text, by, unshown }) => ({
        text: all.text + text,
        by: by.size === 0 ? all.by : all.by.union(by),
        unshown: all.unshown + unshown
      }))
  return (text) => {
    // Signs remembered of one document must not grow with each.
    if (known.size > mostKnown) known.clear()
    let [by, unshown] = [none, 0]
    // Every font has the letters of ASCII: only what stands between them is looked at.
    const shown = text.normalize('NFC').replace(/[^\u0000-\u007f]+/gu, (written) => {
      const one = remember(written, run)
      if (one.by.size > 0) by = by.union(one.by)
      unshown += one.unshown
      return one.text
    })
    return { text: shown, by, unshown }
  }
}

const mostKnown = 5000 // not of a guide: signs
