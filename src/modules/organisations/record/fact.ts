/**
 * What is known of an organisation is a list of facts. Each says who states it and how sure that is, and none is
 * overwritten: it ends, and another begins.
 */

/** How sure a fact is, the weakest first. */
export const levels = ['self-declared', 'domain-proved', 'document-seen', 'official-list'] as const

export type Level = (typeof levels)[number]

/** Who states it: the organisation itself, an officer of a body, or an official list that was read in. */
export type Source = 'organisation' | 'officer' | 'list'

/** What a fact says. `detail` tells facts of one kind apart (the language of a name); '' where there is one only. */
export type Statement = {
  kind: FactKind
  detail: string
  value: string
  /** The days from and until which it holds, where the fact itself says so: ISO days. */
  validFrom?: string | undefined
  validUntil?: string | undefined
}

/** A fact on record. */
export type Fact = Statement & {
  id: string
  source: Source
  level: Level
  /** What was seen: the name of a document, the edition of a list, the way a domain was proved. */
  evidence: string | undefined
  /** ISO instant. */
  statedAt: string
  statedBy: string | undefined
  sinceRevision: number
}

type KindOfFact = {
  /** Whether several can be in force at a time with the same detail. */
  many?: true
  /** The group it is edited and shown in. */
  group: FactGroup
}

/** Groups of facts. Names, place and type are always shown; the others where the organisation says so. */
export const factGroups = [
  'name',
  'place',
  'type',
  'address',
  'web',
  'identifiers',
  'standing',
  'profile',
  'interests',
  'description'
] as const

export type FactGroup = (typeof factGroups)[number]

/** What everybody may see of any organisation, since one that takes public money is not anonymous. */
export const alwaysShown: readonly FactGroup[] = ['name', 'place', 'type']

/** Every kind of fact. */
export const factKinds = {
  'legal-name': { group: 'name' },
  /** The legal name in Latin letters, where it is written otherwise. */
  'latin-name': { group: 'name' },
  /** Another name; detail: its language, or '' for an abbreviation. */
  name: { group: 'name', many: true },
  country: { group: 'place' },
  city: { group: 'place' },
  /** NUTS. */
  region: { group: 'place' },
  street: { group: 'address' },
  postcode: { group: 'address' },
  /** organisation-types.yaml: its id, and more exactly its programme code. */
  type: { group: 'type' },
  'type-code': { group: 'type' },
  website: { group: 'web' },
  domain: { group: 'web', many: true },
  oid: { group: 'identifiers' },
  pic: { group: 'identifiers' },
  'erasmus-code': { group: 'identifiers' },
  /** In the register of its country. */
  'register-number': { group: 'identifiers' },
  schac: { group: 'identifiers' },
  /** The Erasmus Charter for Higher Education: its number and days. */
  charter: { group: 'standing', many: true },
  /** An accreditation; detail: what for (KA120-VET). */
  accreditation: { group: 'standing', many: true },
  size: { group: 'profile' },
  /** public or private */
  ownership: { group: 'profile' },
  /** yes or no */
  'non-profit': { group: 'profile' },
  field: { group: 'interests', many: true },
  topic: { group: 'interests', many: true },
  /** One it works in: ISO 639-1. */
  language: { group: 'interests', many: true },
  /** Detail: its language. */
  description: { group: 'description' },
  /** files.file */
  logo: { group: 'description' }
} as const satisfies Record<string, KindOfFact>

export type FactKind = keyof typeof factKinds

/** Kinds that identify an organisation: two different ones of a kind are two organisations. */
export const identifierKinds = [
  'oid',
  'pic',
  'erasmus-code',
  'register-number',
  'schac'
] as const satisfies FactKind[]

export type IdentifierKind = (typeof identifierKinds)[number]

export function groupOf(kind: FactKind): FactGroup {
  return factKinds[kind].group
}

export function kindsOf(group: FactGroup): FactKind[] {
  return (Object.keys(factKinds) as FactKind[]).filter((kind) => groupOf(kind) === group)
}

/** Whether a kind may have several values at a time. */
export function isMany(kind: FactKind): boolean {
  return 'many' in factKinds[kind]
}

/** The stronger of two levels. */
export function stronger(one: Level, other: Level): Level {
  return levels.indexOf(one) >= levels.indexOf(other) ? one : other
}

/** Two facts that say the same thing, whoever says them. */
export function sameSaid(one: Statement, other: Statement): boolean {
  return one.kind === other.kind && one.detail === other.detail && one.value === other.value
}

/** Facts that a document can say: what the organisation says of who and where it is. */
export function mayBeSeen({ source, level, kind }: Fact): boolean {
  return (
    source === 'organisation' &&
    level !== 'document-seen' &&
    !['field', 'topic', 'language', 'description', 'logo', 'domain', 'website'].includes(kind)
  )
}
