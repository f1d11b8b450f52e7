/** Where the words of a text begin and end. Pure; browsers use it, too. */

/**
 * A word: letters and numbers with their accents, also across hyphens, apostrophes, and the signs between the numbers
 * of an amount, a date or a time. A script that sets no spaces has its words cut by `unspaced`. Then spaces; then any
 * other sign with what belongs to it.
 */
const unspacedLetter =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const letter = `(?![${unspacedLetter}])[\\p{L}\\p{N}\\p{M}]`
const word = `(?:${letter}|\\u200d(?=\\p{L}))+`
const inside = `(?:[-’'\\u2010\\u2011]|(?<=\\p{N})[.,:](?=\\p{N}))`
const sign = '[^\\p{L}\\p{N}\\s](?:[\\p{M}\\p{Emoji_Modifier}\\ufe0f]|\\u200d\\S?)*'
const tokens = new RegExp(
  `${word}(?:${inside}${word})*|(?:[${unspacedLetter}][\\p{M}\\u200d]*)+|\\s+|${sign}`,
  'gu'
)
const unspaced = new RegExp(`^[${unspacedLetter}]`, 'u')
const ideograph = /\p{Script=Han}[\p{M}\u200d]*/gu
const wordsOfLanguages = new Intl.Segmenter(undefined, { granularity: 'word' })
const ofWords = /[\p{L}\p{N}\p{M}]/u

// Longer ones are nobody's words.
const longestWord = 100 // not of a guide: units

/** A text as its words, spaces and signs, each a token. */
export function tokensOf(text: string): string[] {
  const found = text.match(tokens) ?? []
  return found.flatMap((token) => (unspaced.test(token) ? ofUnspaced(token) : [token]))
}

/** An ideograph stands for itself; the rest as dictionaries have it. */
function ofUnspaced(run: string): string[] {
  const found: string[] = []
  let read = 0
  const cut = (until: number) => {
    if (until > read)
      for (const { segment } of wordsOfLanguages.segment(run.slice(read, until))) found.push(segment)
  }
  for (const { 0: one, index } of run.matchAll(ideograph)) {
    cut(index)
    found.push(one)
    read = index + one.length
  }
  cut(run.length)
  return found
}

/** Whether there is a letter or a number in it. */
export function hasWord(text: string): boolean {
  return ofWords.test(text)
}

/** From where to where the word goes that a place is inside of; undefined where something ends and begins. */
export function wordAround(text: string, place: number): [from: number, until: number] | undefined {
  if (place <= 0 || place >= text.length) return undefined
  let [from, until] = [place, place]
  const least = Math.max(0, place - longestWord)
  const most = Math.min(text.length, place + longestWord)
  while (from > least && !/\s/.test(text[from - 1]!)) from--
  while (until < most && !/\s/.test(text[until]!)) until++
  // No half of a pair at the edges of what is looked at.
  if (isLow(text.charCodeAt(from)) && from > 0 && from < place) from++
  for (const token of tokensOf(text.slice(from, until))) {
    const end = from + token.length
    if (end > place) return from < place && hasWord(token) ? [from, end] : undefined
    from = end
  }
  return undefined
}

const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

const letterAtEnd = /[\p{L}\p{N}\p{M}]$/u

/** Whether a text ends with a word that may go on. */
export function endsInWord(text: string): boolean {
  return letterAtEnd.test(text.slice(-2))
}

const endsOpen = new RegExp(`(?:${letter}|[-’'.,;:!?…)\\]”»])$`, 'u')
const beginsWord = new RegExp(`^[-’']?${letter}`, 'u')

/** Whether two pieces of text would look like one, or grow into one word, with nothing between them. */
export function wouldJoin(left: string, right: string): boolean {
  return endsOpen.test(left.slice(-2)) && beginsWord.test(right.slice(0, 3))
}
