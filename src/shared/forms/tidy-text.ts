/** Text as it is kept and how long it is; safe in a browser. */

// Not seen, and able to turn a line around or to hide in it: control characters, marks and overrides of direction,
// joiners of nothing, byte-order marks.
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g

/** One line as it is kept: composed letters (NFC), single spaces, nothing invisible. */
export function tidyLine(text: string): string {
  return text.normalize('NFC').replace(invisible, '').replace(/\s+/g, ' ').trim()
}

/** Several lines as they are kept: composed letters, line feeds, no invisible characters, no space at line ends. */
export function tidyParagraphs(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

// Latin letters, digits, punctuation, signs of money, line feeds and tabs: each is one character for people, too.
const plain = /^[\n\t\u0020-\u007e\u00a0-\u02ff\u2010-\u2027\u20a0-\u20bf]*$/

let segmenter: Intl.Segmenter | undefined

/** Characters as people see them: a letter with its accents is one, an emoji of a family is one. */
export function charactersIn(text: string): number {
  if (plain.test(text)) return text.length
  segmenter ??= new Intl.Segmenter()
  let count = 0
  for (const _character of segmenter.segment(text)) count++
  return count
}
