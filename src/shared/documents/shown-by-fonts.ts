import { invisible } from '#shared/forms/tidy-text.ts'
import { charactersOf } from './characters-of-font.ts'
import type { FontFamily, UnreadableFont } from './fonts.ts'

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

/** They choose between two looks of the sign before them, of which a font here has one. */
const variants = /[\ufe00-\ufe0f]/gu

/** Joiners shape the letters beside them, as Persian and Sinhala need; they are no letters of a font. */
const joiners = /[\u200c\u200d]/gu

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })
const none: ReadonlySet<FontFamily> = new Set()

/**
 * Makes texts printable by fonts, the first of which is asked first: a sign that none of them has (an emoji, a word
 * in another script) becomes □. Standards for documents refuse a file with a missing sign, and then there would be
 * none at all. A font is opened when it is first asked; one that cannot be read has no letters.
 * @param onUnreadable told of each of those, once
 */
export function shownByFonts(
  [first, ...others]: readonly FontFamily[],
  onUnreadable: (font: UnreadableFont) => void = () => {}
): (text: string) => Shown {
  const opened = new Map<FontFamily, ((code: number) => boolean)[]>()
  const lettersOf = (file: string) => {
    try {
      return charactersOf(file)
    } catch (error) {
      onUnreadable({ file, why: (error as Error).message })
      return () => false
    }
  }
  const has = (family: FontFamily, letters: string) => {
    if (!opened.has(family)) opened.set(family, family.files.map(lettersOf))
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
    const kept = written.replace(invisible, '').replace(variants, '')
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
