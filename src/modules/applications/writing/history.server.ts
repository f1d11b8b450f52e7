import { personsOf } from '#server/people'
import type { JsonValue } from '#shared/audit/index.ts'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { How } from '../applications-tables.server.ts'
import type { Field } from './latest.server.ts'
import { type KeptDelta, textBefore } from './merge.ts'
import './writing-tables.server.ts'

/** What one person did to a field without somebody else in between, a long pause, or taking much out at once. */
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
  /** Of a text: characters that came and that went, also those that did both. */
  inserted: number
  removed: number
}

const pause = 600 // not of a guide: seconds
// Who took that much out at once may want it back: what stood before ends a span, and can be chosen.
const much = 200 // not of a guide: characters
const mostSpans = 200 // not of a guide
const mostVersions = 5000 // not of a guide: looked at for one page

/**
 * What happened in a field, the newest first: a page of it. The database counts, so that a field of many thousand
 * versions keeps nobody waiting.
 * @param before only versions before this one: `from` of the last span of the page before
 */
export async function spansOf(database: Database, field: Field, before?: number): Promise<Span[]> {
  const rows = await runPrepared<Omit<Span, 'name'>>(database, spansOfField, [
    ...[field.application, field.path, before ?? null],
    ...[pause, mostVersions, mostSpans, much]
  ])
  const people = await personsOf(
    database,
    rows.map(({ by }) => by)
  )
  return rows.map((row) => ({ ...row, name: people.get(row.by)?.name ?? null }))
}

const spansOfField: Prepared = {
  name: 'applications.spans-of-field',
  text: `
    with looked as (
      select version, delta, how, saved_by, saved_at from applications.answer_version
      where application = $1 and path = $2 and ($3::integer is null or version < $3)
      order by version desc limit $5
    ), counted as (
      select l.*, c.inserted, c.removed from looked l cross join lateral (
        select coalesce(sum(length(splice ->> 2)), 0) as inserted, coalesce(sum(length(splice ->> 1)), 0) as removed
        from jsonb_array_elements(case jsonb_typeof(l.delta) when 'array' then l.delta else '[]' end) as splice) c
    ), begun as (
      select *, coalesce(how = 'restored' or removed >= $7 or saved_by <> lag(saved_by) over (order by version)
        or saved_at - lag(saved_at) over (order by version) >= make_interval(secs => $4), true) as begins
      from counted
    ), numbered as (
      select *, count(*) filter (where begins) over (order by version) as span from begun
    )
    select min(version) as "from", max(version) as "to", (array_agg(saved_by))[1] as by,
      to_char(min(saved_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as began,
      to_char(max(saved_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ended,
      array_agg(distinct how) as how, sum(inserted)::integer as inserted, sum(removed)::integer as removed
    from numbered group by span order by span desc limit $6`
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
  const now = answer.version
  if (answer.text === null) {
    const [kept] = await versionsBetween(database, { application, path }, version - 1, version)
    return { now, text: null, value: (kept?.value ?? null) as JsonValue }
  }
  // In pieces, so that others are served meanwhile.
  let text = answer.text
  for (let to = now; to > version; to -= piece) {
    const later = await versionsBetween(database, { application, path }, Math.max(version, to - piece), to)
    text = textBefore(
      text,
      later.map(({ delta }) => (delta ?? []) as KeptDelta)
    )
  }
  return { now, text, value: null }
}

const piece = 500 // not of a guide: versions

/** The versions after one up to another, the oldest first. */
function versionsBetween(database: Database, { application, path }: Field, after: number, to: number) {
  return database
    .selectFrom('applications.answer_version')
    .select(['delta', 'value'])
    .where('application', '=', application)
    .where('path', '=', path)
    .where('version', '>', after)
    .where('version', '<=', to)
    .orderBy('version')
    .execute()
}

/** The text of a field at a version; '' before the first. */
export async function textAt(database: Database, field: Field, version: number): Promise<string | undefined> {
  const found = await answerAtVersion(database, field, version)
  if (!found) return version === 0 ? '' : undefined
  return found.text ?? undefined
}
