import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { readOrganisationCode } from '../code.ts'
import { readDomain } from '../identifiers/domain.ts'
import { readErasmusCode } from '../identifiers/erasmus-code.ts'
import { readOid } from '../identifiers/oid.ts'
import { readPic } from '../identifiers/pic.ts'
import '../organisations-tables.server.ts'
import type { FactKind, Level } from '../record/fact.ts'
import { findByName } from './find-names.server.ts'

/** An organisation, as a list of a few names it. */
export type Suggestion = {
  id: string
  code: string
  name: string
  /** The name that fits what was typed, where it is another one. */
  also: string | undefined
  country: string
  city: string | undefined
  type: string | undefined
  level: Level
  /** Last day of its charter; undefined when it has none. */
  charterUntil: string | undefined
}

/**
 * Organisations that somebody may mean: by code, by an identifier that is public, by web domain, otherwise by name.
 * @param limit at most 30
 */
export async function findOrganisations(database: Database, text: string, limit = 10): Promise<Suggestion[]> {
  const most = Math.min(limit, 30)
  const exact = await idsByIdentifier(database, text)
  if (exact.length > 0)
    return suggestionsOf(database, exact.map((organisation) => ({ organisation })).slice(0, most))
  return suggestionsOf(database, await findByName(database, text, most))
}

/** What an organisation can be quoted by, as far as everybody may know it. */
async function idsByIdentifier(database: Database, text: string): Promise<string[]> {
  const code = readOrganisationCode(text)
  if (code !== undefined && code !== 'unclear') {
    const found = await database
      .selectFrom('organisations.organisation as o')
      .leftJoin('organisations.organisation as kept', 'kept.id', 'o.merged_into')
      .select((select) => select.fn.coalesce('kept.id', 'o.id').as('id'))
      .where('o.code', '=', code.code)
      .execute()
    return found.map(({ id }) => id)
  }
  const meant = identifiersIn(text)
  if (meant.length === 0) return []
  const found = await database
    .selectFrom('organisations.fact as f')
    .innerJoin('organisations.organisation as o', 'o.id', 'f.organisation')
    .select('o.id')
    .distinct()
    .where('f.ended_at', 'is', null)
    .where('o.merged_into', 'is', null)
    .where((where) =>
      where.or(
        meant.map(({ kind, value }) => where.and([where('f.kind', '=', kind), where('f.value', '=', value)]))
      )
    )
    // What is shown to everybody, or stands in a published list.
    .where((where) =>
      where.or([
        where('f.source', '=', 'list'),
        where.and([where('f.kind', '=', 'domain'), sql<boolean>`o.shown @> array['web']`]),
        where.and([where('f.kind', '<>', 'domain'), sql<boolean>`o.shown @> array['identifiers']`])
      ])
    )
    .limit(30)
    .execute()
  return found.map(({ id }) => id)
}

function identifiersIn(text: string): { kind: FactKind; value: string }[] {
  const read: [FactKind, { value: string } | object][] = [
    ['oid', readOid(text)],
    ['pic', readPic(text)],
    ['erasmus-code', readErasmusCode(text)],
    ['domain', /\.\p{L}{2,}(\/|$)/u.test(text.trim()) ? readDomain(text) : {}]
  ]
  return read.flatMap(([kind, result]) => ('value' in result ? [{ kind, value: result.value }] : []))
}

/** Found organisations with what a list shows of them, in their order. */
export async function suggestionsOf(
  database: Database,
  found: readonly { organisation: string; name?: string }[]
): Promise<Suggestion[]> {
  if (found.length === 0) return []
  const rows = await database
    .selectFrom('organisations.organisation')
    .select(['id', 'code', 'name', 'country', 'city', 'type', 'level', 'charter_until'])
    .where(
      'id',
      'in',
      found.map(({ organisation }) => organisation)
    )
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.flatMap(({ organisation, name }) => {
    const row = byId.get(organisation)
    return row ? [toSuggestion(row, name)] : []
  })
}

type Row = {
  id: string
  code: string
  name: string
  country: string
  city: string | null
  type: string | null
  level: Level
  charter_until: Temporal.PlainDate | null
}

function toSuggestion(row: Row, foundAs: string | undefined): Suggestion {
  const { id, code, name, country, level } = row
  return {
    id,
    code,
    name,
    also: foundAs === name ? undefined : foundAs,
    country,
    city: row.city ?? undefined,
    type: row.type ?? undefined,
    level,
    charterUntil: row.charter_until?.toString()
  }
}
