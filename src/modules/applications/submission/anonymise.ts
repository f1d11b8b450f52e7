import type { JsonValue } from '#shared/audit/canonical-json.ts'
import { tidyParagraphs } from '#shared/forms/tidy-text.ts'
import type { SealedContent } from './manifest.ts'
import { type Named, withoutNames } from './names-in-text.ts'

/** Content without who it is about, and what was replaced where no name was known. */
export type Anonymised = Omit<SealedContent, 'declaration' | 'files'>

type Identifiers = readonly (readonly [RegExp, string])[]

// By what an organisation is found: mail, sites; OID, PIC, Erasmus code, telephone. Each may begin only where a word
// begins: tried from every letter of a long one, a text would be read as often as it has letters.
const addresses: Identifiers = [
  [/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[…@…]'],
  [/\bhttps?:\/\/\S+|\bwww\.\S+/giu, '[www]']
]
const identifiers: Identifiers = [
  [/\bE\d{8}\b/g, '[OID]'],
  [/\b9\d{8}\b/g, '[PIC]'],
  [/\b[A-Z]{1,3} [A-Z][A-ZĀČĒĢĪĶĻŅŠŪŽ-]{2,30} ?\d{2}\b/gu, '[ECHE]'],
  [/(?<![\p{L}\p{N}])\+\d[\d ()-]{6,}\d/gu, '[tel.]']
]

// Whoever names more people than that, or longer ones, names none.
const mostNames = 500 // not of a guide: names
const longestName = 300 // not of a guide: characters

const columnsWithPeople = /^(name|person|contact|who|surname|first-name|last-name)$/

/** Names that content does not give as such: of organisations that took part before, of people behind it. */
export type KnownNames = { organisations: readonly string[]; people: readonly string[] }

/** What stands for an organisation or a person, by their number. */
export type StandIns = { organisation: (number: number) => string; person: (number: number) => string }

/**
 * Content for whoever may not know whose it is: organisations become “Organisation 1”, people “Person 1”, wherever
 * their names stand, declined or not (see names-in-text.ts); addresses, numbers and sites are taken out. Ids of organisations, files and the
 * declaration are left out; of files as answers only that there is one. A name that is nowhere given as one cannot be
 * found: somebody should look it over.
 */
export function anonymised(content: SealedContent, known: KnownNames, standIn: StandIns): Anonymised {
  const { declaration, files: _files, participants, answers, budget, ...rest } = content
  const organisations = [...new Set([...participants.map(({ name }) => name.trim()), ...known.organisations])]
  const people = [
    ...(declaration ? [declaration.by] : []),
    ...peopleIn(answers),
    // One name alone may be a word of its own.
    ...known.people.filter((name) => /\S\s+\S/.test(name))
  ]
  const replace = replacer(
    [
      ...named('organisation', organisations, standIn.organisation),
      ...named('person', [...new Set(people)], standIn.person)
    ],
    wordsOf(content)
  )
  return {
    ...rest,
    title: replace(rest.title),
    participants: participants.map((one) => ({
      ...one,
      organisation: null,
      // By its name, as it stands in the texts.
      name: standIn.organisation(organisations.indexOf(one.name.trim()) + 1)
    })),
    answers: Object.fromEntries(
      Object.entries(answers).map(([path, given]) => [
        path,
        isFile(given)
          ? 'file'
          : typeof given === 'string' && isAboutPerson(path)
            ? nobody(given, replace)
            : replacedIn(given, replace)
      ])
    ),
    budget: replacedIn(budget, replace)
  }
}

function named(of: Named['of'], names: readonly string[], standIn: (number: number) => string): Named[] {
  return names
    .map((name, at) => ({ name, of, instead: standIn(at + 1) }))
    .filter(({ name }) => name.trim().length > 2 && name.length <= longestName)
    .slice(0, mostNames)
}

/** A file that was given as an answer: its name, its id and its digest tell whose it is. */
function isFile(given: JsonValue): boolean {
  return typeof given === 'object' && given !== null && 'file' in given && 'sha256' in given
}

/** Whether a question asks for somebody, such as whom to contact. */
function isAboutPerson(path: string): boolean {
  return columnsWithPeople.test(path.split('.').at(-1)!)
}

/** Who is named in such an answer, without the position that may follow: “Marta Ozola, direktore”. */
function personIn(answer: string): string {
  return answer.split(/\s*[,;(/–—\n]|\s-\s/u)[0]!.trim() || answer
}

/** The stand-in of who is named, and nothing else of the answer. */
function nobody(answer: string, replace: (text: string) => string): string {
  const person = personIn(answer)
  const replaced = replace(person)
  return replaced === person ? '[…]' : replaced
}

/** The names of people that tables and questions name as such. */
function peopleIn(answers: SealedContent['answers']): string[] {
  return Object.entries(answers).flatMap(([path, value]) => {
    if (typeof value === 'string') return isAboutPerson(path) ? [personIn(value)] : []
    if (!Array.isArray(value)) return []
    return (value as JsonValue[]).flatMap((row) =>
      row && typeof row === 'object' && !Array.isArray(row)
        ? Object.entries(row).flatMap(([column, cell]) =>
            columnsWithPeople.test(column) && typeof cell === 'string' ? [personIn(cell)] : []
          )
        : []
    )
  })
}

function replacer(names: readonly Named[], beside: readonly string[]): (text: string) => string {
  const nameless = withoutNames(
    names,
    beside.map((text) => without(text, addresses))
  )
  // What nobody sees would part a name, and be gone on paper. Names in addresses are of these.
  return (text) => without(nameless(without(tidyParagraphs(text), addresses)), identifiers)
}

function without(text: string, some: Identifiers): string {
  return some.reduce((left, [what, instead]) => left.replace(what, instead), text)
}

/** All that was written. */
function wordsOf({ title, answers, budget }: SealedContent): string[] {
  const textsIn = (value: JsonValue | undefined): string[] =>
    typeof value === 'string'
      ? [value]
      : value && typeof value === 'object' && !isFile(value)
        ? Object.values(value).flatMap((one) => textsIn(one as JsonValue))
        : []
  return [title, ...Object.values(answers).flatMap(textsIn), ...textsIn(budget)]
}

function replacedIn(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return (value as JsonValue[]).map((one) => replacedIn(one, replace))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one === undefined ? null : replacedIn(one, replace)])
  )
}
