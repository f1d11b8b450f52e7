import { personsOf } from '#server/people'
import { sql } from 'kysely'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { Cursor, Present } from './wire.ts'
import './writing-tables.server.ts'

/** Seconds after which somebody who said nothing is gone. */
const here = 15 // not of a guide: seconds

/** So many windows of one person are shown in one draft: the last they were in. */
const mostWindows = 6 // not of a guide

/** Where a window of somebody's browser stands. */
export type Standing = { view: string; cursor?: Cursor | undefined; path?: string | undefined }

/** Notes that somebody is here, and where. A window belongs to who opened it first. */
export async function stand(
  database: Database,
  application: string,
  person: string,
  { view, cursor, path }: Standing
): Promise<void> {
  await runPrepared(database, standsHere, [
    application,
    view,
    person,
    cursor?.path ?? path ?? null,
    cursor?.from ?? null,
    cursor?.to ?? null,
    cursor?.version ?? null,
    mostWindows
  ])
}

const standsHere: Prepared = {
  name: 'applications.stands-here',
  text: `
    with left_behind as (
      select p.view from applications.presence p
      where p.application = $1 and p.person = $3 and p.view <> $2
      order by p.seen_at desc offset $8::integer - 1 for update skip locked
    ), gone as (
      delete from applications.presence p using left_behind l where p.application = $1 and p.view = l.view
    )
    insert into applications.presence as p (application, view, person, path, from_unit, to_unit, version)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (application, view) do update set path = excluded.path, from_unit = excluded.from_unit,
      to_unit = excluded.to_unit, version = excluded.version, seen_at = clock_timestamp()
    where p.person = excluded.person`
}

/** Notes that a window was closed. */
export async function leave(
  database: Database,
  application: string,
  person: string,
  view: string
): Promise<void> {
  await database
    .deleteFrom('applications.presence')
    .where('application', '=', application)
    .where('view', '=', view)
    .where('person', '=', person)
    .execute()
}

/** Who is here in each of some applications, in the order of their windows. */
export async function presentIn(
  database: Database,
  applications: readonly string[]
): Promise<Map<string, Present[]>> {
  const rows = await runPrepared<Row>(database, whoIsHere, [applications, here])
  const persons = await personsOf(
    database,
    rows.map(({ person }) => person)
  )
  const present = new Map<string, Present[]>()
  for (const row of rows) {
    const person = persons.get(row.person)
    if (!person) continue
    const list = present.get(row.application) ?? []
    list.push(toPresent(row, person.name))
    present.set(row.application, list)
  }
  return present
}

type Row = {
  application: string
  view: string
  person: string
  path: string | null
  from_unit: number | null
  to_unit: number | null
  version: number | null
}

function toPresent({ view, person, path, from_unit, to_unit, version }: Row, name: string): Present {
  const known = { view, person, name }
  if (path === null) return known
  if (from_unit === null || version === null) return { ...known, path }
  return { ...known, cursor: { path, version, from: from_unit, to: to_unit ?? from_unit } }
}

const whoIsHere: Prepared = {
  name: 'applications.who-is-here',
  text: `
    select application, view, person, path, from_unit, to_unit, version from applications.presence
    where application = any($1::uuid[]) and seen_at > clock_timestamp() - make_interval(secs => $2)
    order by application, view`
}

/** Lets go of windows that were never closed. */
export async function forgetAbsent(database: Database): Promise<void> {
  await database
    .deleteFrom('applications.presence')
    .where('seen_at', '<', sql<never>`clock_timestamp() - interval '1 hour'`)
    .execute()
}
