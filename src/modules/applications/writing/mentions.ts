/** Who is named in a text: “@Rasa Bērziņa”, or “@Rasa” where only one of them is called so. Pure; browsers use it, too. */

/** Somebody who can be named. */
export type Nameable = { id: string; name: string }

const inWord = /[\p{L}\p{N}\p{M}]/u
/** An @ that begins something: in an address of mail it does not. */
const begins = /(?<![\p{L}\p{N}\p{M}._%+-])@/gu

/** @returns ids, each once, in the order in which they are named */
export function namedIn(text: string, people: readonly Nameable[]): string[] {
  const plain = text.normalize('NFC').replace(/[\s\u00a0]+/g, ' ')
  const found = new Set<string>()
  for (const { index } of plain.matchAll(begins)) {
    const one = personAt(plain.slice(index + 1), people)
    if (one) found.add(one.id)
  }
  return [...found]
}

/** Whose name a text begins with: the longest whole name; else a first name that is one person's alone. */
function personAt(text: string, people: readonly Nameable[]): Nameable | undefined {
  const whole = people
    .filter(({ name }) => beginsWith(text, name))
    .sort((one, other) => other.name.length - one.name.length)
  if (whole[0]) return alone(whole.filter(({ name }) => same(name, whole[0]!.name)))
  return alone(people.filter(({ name }) => beginsWith(text, name.split(/\s+/)[0]!)))
}

const alone = (people: readonly Nameable[]) => (people.length === 1 ? people[0] : undefined)

function beginsWith(text: string, name: string): boolean {
  const length = name.normalize('NFC').length
  return (
    length > 0 && same(text.slice(0, length), name) && !inWord.test(text.slice(length, length + 2)[0] ?? '')
  )
}

function same(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFC').toLowerCase()
  return plain(one) === plain(other)
}

/** What somebody is typing after an @ before the cursor, and who it may become; undefined where nobody is being named. */
export function beingNamed<Person extends { name: string }>(
  text: string,
  people: readonly Person[]
): { from: number; people: Person[] } | undefined {
  const at = [...text.matchAll(begins)].at(-1)?.index
  if (at === undefined) return undefined
  const typed = text.slice(at + 1)
  if (typed.length > longestName || /[\n@]/.test(typed)) return undefined
  const fits = (name: string) => same(name.slice(0, typed.length), typed) && name.length > typed.length
  // By the family name, too.
  const found = people.filter(({ name }) => fits(name) || name.split(/\s+/).slice(1).some(fits))
  return found.length > 0 ? { from: at, people: found } : undefined
}

const longestName = 60 // not of a guide: characters
