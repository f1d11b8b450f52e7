import type { JsonValue } from '#shared/audit/canonical-json.ts'
import type { SealedContent } from './manifest.ts'

/** Content without who it is about, and what was replaced where no name was known. */
export type Anonymised = Omit<SealedContent, 'declaration' | 'files'>

// Addresses, numbers and sites by which an organisation is found: mail, telephone, OID, PIC, Erasmus code, web. Each
// may begin only where a word begins: tried from every letter of a long one, a text would be read as often as it has
// letters.
const identifiers: readonly [RegExp, string][] = [
  [/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[…@…]'],
  [/\bhttps?:\/\/\S+|\bwww\.\S+/giu, '[www]'],
  [/\bE\d{8}\b/g, '[OID]'],
  [/\b9\d{8}\b/g, '[PIC]'],
  [/\b[A-Z]{1,3} [A-Z][A-ZĀČĒĢĪĶĻŅŠŪŽ-]{2,30} ?\d{2}\b/gu, '[ECHE]'],
  [/(?<![\p{L}\p{N}])\+\d[\d ()-]{6,}\d/gu, '[tel.]']
]

// Whoever names more people than that, or longer ones, names none.
const mostNames = 500 // not of a guide: names
const longestName = 300 // not of a guide: characters

const columnsWithPeople = /^(name|person|contact|who|surname|first-name|last-name)$/

/**
 * Content for whoever may not know whose it is: organisations become “Organisation 1”, people “Person 1”, wherever
 * their names stand, in whatever case; addresses, numbers and sites are taken out. Ids of organisations, files and the
 * declaration are left out; of files as answers only that there is one. A name that is nowhere given as one cannot be
 * found: somebody should look it over.
 * @param left names of organisations that took part before
 */
export function anonymised(content: SealedContent, left: readonly string[] = []): Anonymised {
  const { declaration, files: _files, participants, answers, budget, ...rest } = content
  const names = new Map<string, string>()
  const organisations = [...new Set([...participants.map(({ name }) => name), ...left])]
  organisations.forEach((name, at) => addName(names, name, `Organisation ${at + 1}`))
  const people = [...(declaration ? [declaration.by] : []), ...peopleIn(Object.values(answers))]
  ;[...new Set(people)].forEach((name, at) => addName(names, name, `Person ${at + 1}`))
  const replace = replacer(names)
  return {
    ...rest,
    title: replace(rest.title),
    participants: participants.map((one, at) => ({
      ...one,
      organisation: null,
      // By its name, as it stands in the texts.
      name: names.get(one.name.trim()) ?? `Organisation ${at + 1}`
    })),
    answers: Object.fromEntries(
      Object.entries(answers).map(([path, given]) => [
        path,
        isFile(given) ? 'file' : replacedIn(given, replace)
      ])
    ),
    budget: replacedIn(budget, replace)
  }
}

/** A file that was given as an answer: its name, its id and its digest tell whose it is. */
function isFile(given: JsonValue): boolean {
  return typeof given === 'object' && given !== null && 'file' in given && 'sha256' in given
}

/** A name, and what is left of it without its quotation marks and what stands outside of them. */
function addName(names: Map<string, string>, name: string, instead: string): void {
  if (name.length > longestName || names.size >= mostNames) return
  const quoted = /[“„"«](.{4,}?)[”“"»]/.exec(name)?.[1]
  for (const one of [name, ...(quoted ? [quoted] : [])])
    if (one.trim().length >= 3 && !names.has(one.trim())) names.set(one.trim(), instead)
}

/** The names of people that tables name as such. */
function peopleIn(values: readonly JsonValue[]): string[] {
  return values.flatMap((value) => {
    if (!Array.isArray(value)) return []
    return (value as JsonValue[]).flatMap((row) =>
      row && typeof row === 'object' && !Array.isArray(row)
        ? Object.entries(row).flatMap(([column, cell]) =>
            columnsWithPeople.test(column) && typeof cell === 'string' ? [cell] : []
          )
        : []
    )
  })
}

function replacer(names: ReadonlyMap<string, string>): (text: string) => string {
  const longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length)
  const folded = new Map([...names].map(([name, instead]) => [name.toLocaleLowerCase(), instead]))
  const escaped = longestFirst.map((name) =>
    name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
  )
  const pattern =
    escaped.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})`, 'giu') : undefined
  return (text) => {
    const named = pattern
      ? text.replace(pattern, (found) => folded.get(found.replace(/\s+/g, ' ').toLocaleLowerCase()) ?? '[…]')
      : text
    return identifiers.reduce((left, [what, instead]) => left.replace(what, instead), named)
  }
}

function replacedIn(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return (value as JsonValue[]).map((one) => replacedIn(one, replace))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one === undefined ? null : replacedIn(one, replace)])
  )
}
