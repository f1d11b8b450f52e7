import { personsOf } from '#server/people'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { How } from '../applications-tables.server.ts'
import { type Delta, compose } from './delta.ts'
import type { Field } from './latest.server.ts'
import { type KeptDelta, forwards, textBefore } from './merge.ts'
import './writing-tables.server.ts'

/** What one person did to a field without somebody else in between and without a long pause. */
export type Span = {
  /** Its versions, both included. */
  from: number
  to: number
  by: string
  /** Null when they were erased. */
  name: string | null
  /** ISO 8601. */
  began: string
  ended: string
  /** How it came about, each kind once. */
  how: How[]
  /** Of a text: UTF-16 units that came and that went. */
  inserted: number
  removed: number
}

const pause = 600 // not of a guide: seconds

/** What happened in a field, the newest first. */
export async function spansOf(database: Database, field: Field): Promise<Span[]> {
  const versions = await database
    .selectFrom('applications.answer_version')
    .select(['version', 'delta', 'how', 'saved_by', 'saved_at'])
    .where('application', '=', field.application)
    .where('path', '=', field.path)
    .orderBy('version')
    .execute()
  const people = await personsOf(
    database,
    versions.map(({ saved_by }) => saved_by)
  )
  const spans: (Span & { delta: Delta })[] = []
  for (const { version, delta, how, saved_by, saved_at } of versions) {
    const last = spans.at(-1)
    const change = forwards((delta ?? []) as KeptDelta)
    const goesOn =
      last?.by === saved_by && how !== 'restored' && saved_at.since(last.ended).total('seconds') < pause
    if (goesOn) {
      last.to = version
      last.ended = saved_at.toString()
      last.delta = compose(last.delta, change)
      if (!last.how.includes(how)) last.how.push(how)
    } else {
      const name = people.get(saved_by)?.name ?? null
      const at = saved_at.toString()
      const counts = { inserted: 0, removed: 0 }
      spans.push({
        from: version,
        to: version,
        by: saved_by,
        name,
        began: at,
        ended: at,
        how: [how],
        ...counts,
        delta: change
      })
    }
  }
  return spans.reverse().map(({ delta, ...span }) => ({
    ...span,
    inserted: delta.reduce((sum, [, , insert]) => sum + insert.length, 0),
    removed: delta.reduce((sum, [, remove]) => sum + remove, 0)
  }))
}

/** What stood in a field at a version, and the newest version there is; undefined where it never had that one. */
export async function answerAtVersion(
  database: Database,
  { application, path }: Field,
  version: number
): Promise<{ now: number; text: string | null; value: JsonValue } | undefined> {
  const answer = await database
    .selectFrom('applications.answer')
    .select(['version', 'text'])
    .where('application', '=', application)
    .where('path', '=', path)
    .executeTakeFirst()
  if (!answer || version < 0 || version > answer.version) return undefined
  const later = await database
    .selectFrom('applications.answer_version')
    .select(['version', 'delta', 'value'])
    .where('application', '=', application)
    .where('path', '=', path)
    .where('version', '>=', version)
    .where('version', '<=', answer.version)
    .orderBy('version')
    .execute()
  const now = answer.version
  if (answer.text === null) {
    const at = later.find((one) => one.version === version)
    return { now, text: null, value: (at?.value ?? null) as JsonValue }
  }
  const since = later.filter((one) => one.version > version).map(({ delta }) => (delta ?? []) as KeptDelta)
  return { now, text: textBefore(answer.text, since), value: null }
}

/** The text of a field at a version; '' before the first. */
export async function textAt(database: Database, field: Field, version: number): Promise<string | undefined> {
  const found = await answerAtVersion(database, field, version)
  if (!found) return version === 0 ? '' : undefined
  return found.text ?? undefined
}
