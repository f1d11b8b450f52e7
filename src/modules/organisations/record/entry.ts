import { type Fact, type FactKind, type Level, isMany, stronger } from './fact.ts'

/** What an organisation is in lists and in search: made of its facts in force, and kept beside them. */
export type Entry = {
  name: string
  /** In Latin letters, where the name is written otherwise and it is known. */
  latinName: string | undefined
  /** ISO 3166-1. */
  country: string
  city: string | undefined
  /** NUTS. */
  region: string | undefined
  /** organisation-types.yaml */
  type: string | undefined
  fields: string[]
  topics: string[]
  languages: string[]
  /** How sure it is that the organisation is what it says. */
  level: Level
  /** The last day of a charter that is not over yet, as far as the list says. */
  charterUntil: string | undefined
}

/** A value as pages show it: what is said, and everybody who says it, the surest first. */
export type Said = {
  kind: FactKind
  detail: string
  value: string
  validFrom: string | undefined
  validUntil: string | undefined
  /** The surest that anybody who says this is. */
  level: Level
  by: Fact[]
}

/** Makes the entry of an organisation. @throws Error without a name or a country, which every record has */
export function entryOf(facts: readonly Fact[]): Entry {
  const one = (kind: FactKind) => said(facts, kind)[0]?.value
  const all = (kind: FactKind) => said(facts, kind).map(({ value }) => value)
  const name = one('legal-name')
  const country = one('country')
  if (name === undefined || country === undefined) throw new Error('A record has a name and a country')
  const charters = said(facts, 'charter').flatMap(({ validUntil }) => validUntil ?? [])
  return {
    name,
    latinName: one('latin-name'),
    country,
    city: one('city'),
    region: one('region'),
    type: one('type'),
    fields: all('field').sort(),
    topics: all('topic').sort(),
    languages: all('language').sort(),
    level: levelOf(facts),
    charterUntil: charters.sort().at(-1)
  }
}

/** All names of an organisation, the legal one first, each once. */
export function namesOf(facts: readonly Fact[]): string[] {
  const names = (['legal-name', 'latin-name', 'name'] as const).flatMap((kind) =>
    facts.filter((fact) => fact.kind === kind).sort(ownFirst)
  )
  return [...new Set(names.map(({ value }) => value))]
}

/**
 * What is said of one kind: for a kind that can have one value only, first what the organisation says of itself,
 * then what others say differently; for the others each value once, the surest first.
 */
export function said(facts: readonly Fact[], kind: FactKind): Said[] {
  const values = new Map<string, Said>()
  for (const fact of facts.filter((fact) => fact.kind === kind).sort(ownFirst)) {
    const key = `${fact.detail} ${fact.value}`
    const before = values.get(key)
    if (!before) values.set(key, { ...sayOf(fact), by: [fact] })
    else {
      before.by.push(fact)
      before.level = stronger(before.level, fact.level)
      before.validFrom ??= fact.validFrom
      before.validUntil ??= fact.validUntil
    }
  }
  return [...values.values()]
}

/** What is shown where there is room for one value a detail: the first that is said. */
export function shownOf(facts: readonly Fact[], kind: FactKind): Said[] {
  const all = said(facts, kind)
  if (isMany(kind)) return all
  return all.filter((value, at) => all.findIndex(({ detail }) => detail === value.detail) === at)
}

/**
 * How sure it is that the organisation is what it says: as sure as the surest of what tells it apart from others.
 * That its type was seen in a document proves nothing about who it is.
 */
function levelOf(facts: readonly Fact[]): Level {
  return facts
    .filter(({ kind }) => telling.has(kind))
    .reduce<Level>((level, fact) => stronger(level, fact.level), 'self-declared')
}

const telling: ReadonlySet<FactKind> = new Set([
  'legal-name',
  'oid',
  'pic',
  'erasmus-code',
  'register-number',
  'schac',
  'domain',
  'charter'
])

function sayOf({ kind, detail, value, validFrom, validUntil, level }: Fact): Omit<Said, 'by'> {
  return { kind, detail, value, validFrom, validUntil, level }
}

/** An organisation speaks for itself; what lists and officers say stands beside it. The newest of a kind first. */
function ownFirst(one: Fact, other: Fact): number {
  return order[one.source] - order[other.source] || other.sinceRevision - one.sinceRevision
}

const order = { organisation: 0, officer: 1, list: 2 } as const
