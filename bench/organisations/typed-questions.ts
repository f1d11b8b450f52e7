/** What people type to find an organisation, made from names of the register. */

export type TypedQuestion = {
  text: string
  /** The organisation they mean; undefined where only words are typed that many names share. */
  meant: string | undefined
}

type Named = { id: string; name: string }

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Questions of each kind, one of each name; words that many share are the same for everybody. */
export function typedQuestions(
  names: readonly Named[],
  chance: () => number
): { kind: string; questions: TypedQuestion[] }[] {
  const ask = (text: (name: string) => string) =>
    names.map(({ id, name }) => ({ text: text(name), meant: id }))
  return [
    { kind: 'as written', questions: ask((name) => name) },
    { kind: 'without diacritics', questions: ask(bare) },
    { kind: 'without diacritics, one error', questions: ask((name) => misspelt(bare(name), chance)) },
    {
      kind: 'without diacritics, two errors',
      questions: ask((name) => misspelt(misspelt(bare(name), chance), chance))
    },
    {
      kind: 'two thirds typed, one error',
      questions: ask((name) => misspelt(bare(name).slice(0, Math.ceil((name.length * 2) / 3)), chance))
    },
    {
      kind: 'words in another order',
      questions: ask((name) => bare(name).split(' ').reverse().join(' '))
    },
    { kind: 'common words, as they are typed', questions: beginnings(common) }
  ]
}

const common = [
  ...['rigas vidusskola', 'szkola podstawowa', 'university', 'universitat', 'school', 'skola', 'gimnazija'],
  ...['associazione', 'fundacja', 'istituto comprensivo', 'colegio', 'lycee', 'grundschule', 'hochschule']
]

/** Every beginning of three letters or more: what is asked for while somebody types. */
function beginnings(words: readonly string[]): TypedQuestion[] {
  return words.flatMap((word) =>
    Array.from({ length: word.length - 2 }, (_, more) => ({
      text: word.slice(0, more + 3),
      meant: undefined
    }))
  )
}

function bare(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** One slip in a word of four letters or more: a letter left out, doubled, changed, or two in the wrong order. */
function misspelt(text: string, chance: () => number): string {
  const words = text.split(' ')
  const long = words.flatMap((word, at) => (/^\p{L}{4,}$/u.test(word) ? [at] : []))
  const which = long[Math.floor(chance() * long.length)]
  if (which === undefined) return text
  const word = words[which]!
  const at = 1 + Math.floor(chance() * (word.length - 2))
  const other = letters[Math.floor(chance() * letters.length)]!
  const slips = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word[at]! + word.slice(at),
    word.slice(0, at) + other + word.slice(at + 1),
    word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
  ]
  return words.with(which, slips[Math.floor(chance() * slips.length)]!).join(' ')
}
