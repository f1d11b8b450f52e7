import { type Database, type Prepared, runPrepared, together } from '#shared/database/index.ts'
import type { JsonValue } from '#shared/audit/index.ts'
import type { KeptDelta } from './merge.ts'
import { TextBlock } from './text-block.ts'

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

const units = 32_000_000 // not of a guide: UTF-16 units of text in memory

/** What was read or kept lately. Another server may know better, so a save names the version it rests on. */
type Remembered = TextBlock<Omit<Latest, 'text' | 'value'> & { is: 'text' | 'value' }>

const remembered = new WeakMap<Database, Remembered>()

function at(database: Database): Remembered {
  let here = remembered.get(database)
  if (!here) remembered.set(database, (here = new TextBlock(units)))
  return here
}

export const keyOf = ({ application, path }: Field) => `${application}/${path}`

/** What stands in a field, perhaps as it was some time ago. */
export async function latestOf(database: Database, field: Field): Promise<Latest> {
  const known = knownOf(database, field)
  if (known) return known
  const latest = (await readLatest(database, field)) ?? never
  // A save that went on meanwhile may have remembered a newer one.
  const newer = knownOf(database, field)
  if (newer && newer.version >= latest.version) return newer
  remember(database, field, latest)
  return latest
}

const never: Latest = { version: 0, text: null, value: null, length: 0, savedAt: '' }

function knownOf(database: Database, field: Field): Latest | undefined {
  const known = at(database).get(keyOf(field))
  if (!known) return undefined
  const { is, version, length, savedAt } = known.about
  const content =
    is === 'text'
      ? { text: known.text, value: null }
      : { text: null, value: JSON.parse(known.text) as JsonValue }
  return { version, length, savedAt, ...content }
}

/** Remembers what stands in a field now. */
export function remember(
  database: Database,
  field: Field,
  { text, value, version, length, savedAt }: Latest
): void {
  const is = text === null ? 'value' : 'text'
  at(database).put(keyOf(field), text ?? JSON.stringify(value), { is, version, length, savedAt })
}

/** Says that what is remembered of a field is stale. */
export function forget(database: Database, field: Field): void {
  at(database).delete(keyOf(field))
}

/** The versions of a field after one, the oldest first. */
export async function versionsAfter(
  database: Database,
  field: Field,
  { version }: Pick<Latest, 'version'>,
  base: number
): Promise<Version[]> {
  if (base >= version) return []
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
    const rows = await runPrepared<Latest & { place: number }>(database, answersByField, [
      fields.map(({ application }) => application),
      fields.map(({ path }) => path)
    ])
    const byPlace = new Map(rows.map(({ place, ...latest }) => [place, latest]))
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
