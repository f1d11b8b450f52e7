import { type Database, type Prepared, runPrepared, together } from '#shared/database/index.ts'
import type { JsonValue } from '#shared/audit/index.ts'
import type { KeptDelta } from './merge.ts'

/** A field of an application: its id and the path. */
export type Field = { application: string; path: string }

/** What stands in a field; version 0: nothing was ever saved. */
export type Latest = {
  version: number
  text: string | null
  value: JsonValue
  length: number
  /** ISO 8601. */
  savedAt: string
  /** The newest versions of a text, the oldest first. */
  recent: Version[]
}

/** One version of a field. */
export type Version = {
  version: number
  delta: KeptDelta | null
  value: JsonValue
  /** The number that whoever saved it gave. */
  save: string | null
  by: string
}

const mostUnits = 32_000_000 // not of a guide: UTF-16 units of text in memory
const mostRecent = 16

/** What was read or kept lately. Another server may know better, so a save names the version it rests on. */
type Remembered = { fields: Map<string, Latest>; units: number }

const remembered = new WeakMap<Database, Remembered>()

function at(database: Database): Remembered {
  let here = remembered.get(database)
  if (!here) remembered.set(database, (here = { fields: new Map(), units: 0 }))
  return here
}

export const keyOf = ({ application, path }: Field) => `${application}/${path}`

/** What stands in a field, perhaps as it was some time ago. */
export async function latestOf(database: Database, field: Field): Promise<Latest> {
  const here = at(database)
  const key = keyOf(field)
  const known = here.fields.get(key)
  if (known) {
    // Used last, forgotten last.
    here.fields.delete(key)
    here.fields.set(key, known)
    return known
  }
  const latest = (await readLatest(database, field)) ?? never
  // A save that went on meanwhile may have remembered a newer one.
  const newer = here.fields.get(key)
  if (newer && newer.version >= latest.version) return newer
  remember(database, field, latest)
  return latest
}

const never: Latest = { version: 0, text: null, value: null, length: 0, savedAt: '', recent: [] }

/** Remembers what stands in a field now. */
export function remember(database: Database, field: Field, latest: Latest): void {
  const here = at(database)
  const key = keyOf(field)
  forget(database, field)
  here.fields.set(key, latest)
  here.units += unitsOf(key, latest)
  for (const [oldest, { text }] of here.fields) {
    if (here.units <= mostUnits || oldest === key) break
    here.fields.delete(oldest)
    here.units -= unitsOf(oldest, { text })
  }
}

/** The newest versions with one more. */
export function withVersion(recent: readonly Version[], version: Version): Version[] {
  return [...recent.slice(1 - mostRecent), version]
}

/** Says that what is remembered of a field is stale. */
export function forget(database: Database, field: Field): void {
  const here = at(database)
  const key = keyOf(field)
  const known = here.fields.get(key)
  if (!known) return
  here.fields.delete(key)
  here.units -= unitsOf(key, known)
}

// Beside the text: the key, the entry, recent versions that are small.
const unitsOf = (key: string, { text }: { text: string | null }) => key.length + (text?.length ?? 0) + 500 // not of a guide

/** The versions of a field after one, the oldest first. */
export async function versionsAfter(
  database: Database,
  field: Field,
  { version, recent }: Pick<Latest, 'version' | 'recent'>,
  base: number
): Promise<Version[]> {
  if (base >= version) return []
  if (recent[0] && recent[0].version <= base + 1) return recent.filter((one) => one.version > base)
  return runPrepared<Version>(database, versionsAfterBase, [field.application, field.path, base, version])
}

const versionsAfterBase: Prepared = {
  name: 'applications.versions-after',
  text: `
    select version, delta, value, save, saved_by as by from applications.answer_version
    where application = $1 and path = $2 and version > $3 and version <= $4 order by version`
}

const readLatest = together<Field, Latest | undefined>({
  lanes: 2,
  most: 200,
  work: async (database, fields) => {
    const rows = await runPrepared<Omit<Latest, 'recent'> & { place: number }>(database, answersByField, [
      fields.map(({ application }) => application),
      fields.map(({ path }) => path)
    ])
    const byPlace = new Map(rows.map(({ place, ...latest }) => [place, { ...latest, recent: [] }]))
    return fields.map((_, place) => byPlace.get(place + 1))
  }
})

const answersByField: Prepared = {
  name: 'applications.answers-by-field',
  text: `
    select asked.place::integer, x.version, x.text, x.value, x.length,
      to_char(x.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "savedAt"
    from unnest($1::uuid[], $2::text[]) with ordinality as asked (application, path, place)
    join applications.answer x on x.application = asked.application and x.path = asked.path`
}
