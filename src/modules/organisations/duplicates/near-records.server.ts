import type { Database } from '#shared/database/index.ts'
import { isSharedHost } from '../domains/shared-hosts.ts'
import '../organisations-tables.server.ts'
import { findByName } from '../names/find-names.server.ts'
import { type FactGroup, type IdentifierKind, type Level, identifierKinds } from '../record/fact.ts'
import { likeNames } from './like-names.ts'

/** What is known of an organisation that may be on record already. */
export type Known = {
  names: readonly string[]
  country: string
  identifiers: readonly { kind: IdentifierKind; detail: string; value: string }[]
  domain: string | undefined
}

/** A record that may be the same organisation, and why. */
export type NearRecord = {
  id: string
  code: string
  name: string
  country: string
  city: string | undefined
  level: Level
  why: NearBecause[]
}

export type NearBecause =
  | {
      because: 'same-identifier'
      kind: IdentifierKind
      value: string
      /** as sure as the other says it */ level: Level
      open: boolean
    }
  | { because: 'same-domain'; value: string; open: boolean }
  | { because: 'same-name' | 'like-name'; name: string }

/**
 * Records that may be the organisation somebody describes, the surest first. `open` says whether everybody may know
 * that the other has this identifier or domain: if not, it may be counted but not named.
 * @param except the record itself
 */
export async function nearRecords(database: Database, known: Known, except?: string): Promise<NearRecord[]> {
  const why = new Map<string, NearBecause[]>()
  const add = (id: string, one: NearBecause) => why.set(id, [...(why.get(id) ?? []), one])
  for (const { id, ...one } of await byIdentifier(database, known)) add(id, one)
  for (const { id, ...one } of await byDomain(database, known)) add(id, one)
  for (const { id, ...one } of await byName(database, known)) add(id, one)
  if (except !== undefined) why.delete(except)
  if (why.size === 0) return []
  const heads = await database
    .selectFrom('organisations.organisation')
    .select(['id', 'code', 'name', 'country', 'city', 'level'])
    .where('id', 'in', [...why.keys()])
    .where('merged_into', 'is', null)
    .execute()
  return heads
    .map((head): NearRecord => ({ ...head, city: head.city ?? undefined, why: why.get(head.id)! }))
    .sort((one, other) => sureness(other) - sureness(one) || (one.name < other.name ? -1 : 1))
    .slice(0, 10)
}

/** The same record with only what everybody may know of it; nothing, where only what is not shown makes it near. */
export function asEverybodyMayKnow(near: NearRecord): NearRecord[] {
  const why = near.why.filter((one) => !('open' in one) || one.open)
  return why.length > 0 ? [{ ...near, why }] : []
}

const weights = { 'same-identifier': 8, 'same-domain': 4, 'same-name': 2, 'like-name': 1 } as const

function sureness({ why }: NearRecord): number {
  return why.reduce((sum, { because }) => sum + weights[because], 0)
}

async function byIdentifier(database: Database, { identifiers }: Known) {
  const held = identifiers.filter(({ kind }) => identifierKinds.includes(kind))
  if (held.length === 0) return []
  const rows = await identifying(database)
    .where((where) =>
      where.or(
        held.map(({ kind, detail, value }) =>
          where.and([
            where('f.kind', '=', kind),
            where('f.detail', '=', detail),
            where('f.value', '=', value)
          ])
        )
      )
    )
    .execute()
  return rows.map(({ id, kind, value, level, source, shown }) => ({
    id,
    because: 'same-identifier' as const,
    kind: kind as IdentifierKind,
    value,
    level,
    open: source === 'list' || shown.includes('identifiers')
  }))
}

async function byDomain(database: Database, { domain }: Known) {
  // Thousands have their page at the same host: that says nothing.
  if (domain === undefined || isSharedHost(domain)) return []
  const rows = await identifying(database)
    .where('f.kind', '=', 'domain')
    .where('f.value', '=', domain)
    .limit(10)
    .execute()
  return rows.map(({ id, value, source, shown }) => ({
    id,
    because: 'same-domain' as const,
    value,
    open: source === 'list' || shown.includes('web')
  }))
}

type Identifying = {
  id: string
  kind: string
  value: string
  level: Level
  source: string
  shown: FactGroup[]
}

function identifying(database: Database) {
  return database
    .selectFrom('organisations.fact as f')
    .innerJoin('organisations.organisation as o', 'o.id', 'f.organisation')
    .select(['o.id', 'f.kind', 'f.value', 'f.level', 'f.source', 'o.shown'])
    .where('f.ended_at', 'is', null)
    .where('o.merged_into', 'is', null)
    .$castTo<Identifying>()
}

async function byName(database: Database, { names, country }: Known) {
  const found = new Map<string, { id: string; because: 'same-name' | 'like-name'; name: string }>()
  for (const name of names) {
    for (const { organisation, name: theirs } of await findByName(database, name, 30)) {
      const likeness = likeNames(name, theirs)
      if (!likeness) continue
      const because = likeness === 'same' ? ('same-name' as const) : ('like-name' as const)
      if (found.get(organisation)?.because !== 'same-name')
        found.set(organisation, { id: organisation, because, name: theirs })
    }
  }
  if (found.size === 0) return []
  // Schools of one name in two countries are two schools.
  const here = await database
    .selectFrom('organisations.organisation')
    .select('id')
    .where('id', 'in', [...found.keys()])
    .where('country', '=', country)
    .execute()
  return here.map(({ id }) => found.get(id)!)
}
