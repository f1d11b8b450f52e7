/** Several who write word by word: what they do, drawn at random, and that no word is lost, torn or glued to another. */
import assert from 'node:assert/strict'
import fc from 'fast-check'

/** What somebody does to the text before them: with a word, by its place, or with several. */
export type WordEdit = { what: (typeof edits)[number]; where: number; many: number; form: number }

const edits = ['replace', 'replace', 'insert', 'insert', 'delete', 'grow', 'grow', 'finish'] as const

export const wordEdit: fc.Arbitrary<WordEdit> = fc.record({
  what: fc.constantFrom(...edits),
  where: fc.nat(200),
  many: fc.integer({ min: 1, max: 3 }),
  form: fc.nat(5)
})

export const startingText =
  'Mēs mācām bērnus lasīt, rakstīt un rēķināt. E-pasts ir vēstule.\n\nMūsu skolā ir 10,5 klases; katrā mācās bērni.'

const stems = ['bērn', 'bēr', 'skol', 'skolnie', 'jaunieš', 'e-skol', 'vecāk']
const endings = ['us', 'iem', 'ā', 's', 'nus']

/** Words as people see them: what spaces and signs divide; a hyphen, or the comma of an amount, does not. */
export function wordsOf(text: string): { word: string; at: number }[] {
  const found = text.matchAll(/[\p{L}\p{N}]+(?:(?:-|(?<=\p{N}),(?=\p{N}))[\p{L}\p{N}]+)*/gu)
  return [...found].map(({ 0: word, index }) => ({ word, at: index }))
}

/** Whether a word, or several, stand in a text as they were written: nothing grown together with them. */
export function hasWhole(text: string, words: string): boolean {
  return timesWhole(text, words) > 0
}

/** How often. */
export function timesWhole(text: string, words: string): number {
  const inWord = /[\p{L}\p{N}]/u
  let times = 0
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + words.length] ?? '']
    const joined =
      (inWord.test(before) && inWord.test(words[0]!)) || (inWord.test(words.at(-1)!) && inWord.test(after))
    if (!joined) times++
  }
  return times
}

/** Remembers who wrote and took away what. */
export function aLedger(text = startingText) {
  const standing = new Map<string, number>()
  const written: string[] = []
  const gone = new Set<string>()
  for (const { word } of wordsOf(text)) standing.set(word, (standing.get(word) ?? 0) + 1)
  let drawn = 0
  const draw = (form: number) => {
    // Words that begin and end like others, each of them once.
    const number = [...String(drawn++)].map((digit) => 'abdegkmprz'[Number(digit)]).join('')
    const word = `${stems[form % stems.length]}${number}${endings[(form + drawn) % endings.length]}`
    written.push(word)
    return word
  }

  /** The text after somebody's edit. */
  function edited(now: string, { what, where, many, form }: WordEdit): string {
    const words = wordsOf(now)
    if (words.length === 0) return what === 'delete' ? now : now + draw(form)
    const at = where % words.length
    const { word, at: from } = words[at]!
    const until = from + word.length
    if (what === 'insert') {
      const fresh = Array.from({ length: many }, (_, more) => draw(form + more)).join(' ')
      return form % 2 === 0
        ? `${now.slice(0, from)}${fresh} ${now.slice(from)}`
        : `${now.slice(0, until)} ${fresh}${now.slice(until)}`
    }
    if (what === 'grow' || what === 'finish') {
      // Who goes on with a word has a longer one in its place.
      gone.add(word)
      const rest = ['a', 'ie', 'us'][form % 3]! + 'abdegkmprz'[drawn++ % 10]! + 'xyqw'[drawn % 4]! + drawn
      const longer = word + rest
      written.push(longer)
      return now.slice(0, from) + longer + now.slice(until)
    }
    const last = words[Math.min(words.length - 1, at + many - 1)]!
    for (const { word: taken } of words.slice(at, at + many)) gone.add(taken)
    const end = last.at + last.word.length
    if (what === 'replace') {
      const fresh = Array.from({ length: 1 + (form % 2) }, (_, more) => draw(form + more)).join(' ')
      return now.slice(0, from) + fresh + now.slice(end)
    }
    if (form % 3 === 0 && now[from - 1] === ' ') return now.slice(0, from - 1) + now.slice(end)
    if (form % 3 === 1 && now[end] === ' ') return now.slice(0, from) + now.slice(end + 1)
    return now.slice(0, from) + now.slice(end)
  }

  /** Each word that nobody took away stands whole, as often as before; what was taken away does not. */
  function assertWhole(text: string): void {
    const counts = new Map<string, number>()
    for (const { word } of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
    for (const word of written)
      assert.equal(counts.get(word) ?? 0, gone.has(word) ? 0 : 1, `${word} in ${text}`)
    for (const [word, times] of standing)
      if (!gone.has(word)) assert.equal(counts.get(word), times, `${word} in ${text}`)
    for (const word of counts.keys())
      assert.ok(standing.has(word) || written.includes(word), `nobody wrote ${word} in ${text}`)
  }

  return { edited, assertWhole }
}
