/** Text as it is kept and how long it is; safe in a browser. */

/**
 * To be replaced by nothing: not seen, and able to turn a line around or to hide in it. Control characters, marks and
 * overrides of direction, joiners of nothing, byte-order marks, soft hyphens, which Word leaves in words. The joiners
 * U+200C and U+200D are letters' own and stay.
 */
export const invisible =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g
/** To be replaced by line feeds: line ends of Word (a vertical tab), of old systems and of Unicode. */
export const lineEnds = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g

/** One line as it is kept: composed letters (NFC), single spaces, nothing invisible. */
export function tidyLine(text: string): string {
  return wellFormed(text).replace(/\s+/g, ' ').trim()
}

/** Several lines as they are kept: composed letters, line feeds, no invisible characters, no space at line ends. */
export function tidyParagraphs(text: string): string {
  // Line by line: a pattern for spaces at line ends would look at each of a million spaces a million times.
  return wellFormed(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Half a character is shown to be one; a database takes none. */
function wellFormed(text: string): string {
  return composed(text.toWellFormed().replace(lineEnds, '\n').replace(invisible, ''))
}

// Accents upon accents are put into order one by one, each past all before it: of a hundred thousand that takes
// minutes. As Unicode advises (UAX 15, stream-safe text), a joiner that nobody sees ends the row after thirty.
const manyMarks = /[^\P{M}\u034f]{30}(?=[^\P{M}\u034f])/gu
// One letter or mark is at most three marks when it is taken apart: with fewer than this there are no thirty.
const someMarks = /\p{M}{9}/u
const beyondAscii = /[^\u0000-\u007f]/gu

/** Letters with their accents as one (NFC), in a time that grows with the text and no faster. */
export function composed(text: string): string {
  if (!someMarks.test(text)) return text.normalize('NFC')
  // Counted as they are when taken apart: some are stored as one and kept as two. Each by itself, so that none waits
  // to be put into order.
  const apart = text.replace(beyondAscii, (letter) => letter.normalize('NFD'))
  return apart.replace(manyMarks, '$&\u034f').normalize('NFC')
}

// Scripts in which each unit is one letter: no accents of their own, no pairs, no joining.
const plain =
  /^[\n\t\u0020-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20cf]*$/

let segmenter: Intl.Segmenter | undefined

/**
 * Characters as people see them: a letter with its accents is one, an emoji of a family is one. Every limit of a text
 * counts them.
 */
export function charactersIn(text: string): number {
  if (plain.test(text)) return text.length
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let count = 0
  for (const _character of segmenter.segment(text)) count++
  return count
}

// More than the longest emoji of a family: one character of a million accents is none.
const mostUnits = 32

/** Whether a text has more characters than it may, or takes far more room than so many characters would. */
export function isLongerThan(text: string, most: number): boolean {
  if (text.length <= most) return false
  return text.length > most * mostUnits || charactersIn(text) > most
}
