import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Head } from './head.ts'
import { type HeadRow, headColumns, headOf } from './reads.ts'
import './audit-tables.ts'

/** An entry as a verification reads it, with its place in the log. */
export type LogRow = {
  position: string | null
  entry: string
  leaf: Buffer | null
  /**
   * One column, because a million of them are read: the entry's digest, that of its payload, number and moment as
   * they are hashed, and the digest before where there is one. null: the entry is gone.
   */
  digests: Buffer | null
  act: string
  actor: string
  kind: string
  subject: string
  payload: string | null
  salt: Buffer | null
}

const columns = sql`
  e.digest || e.payload_digest || int4send(e.number) || timestamptz_send(e.at) || coalesce(e.previous, '') as digests,
  e.act, e.actor::text as actor, e.subject_kind as kind, e.subject_id as subject, e.payload::text as payload, e.salt`

const rowsAtOnce = 2000

/** What has a place, in order; what was given one and is gone is there with its digest null. */
export function sealedRows(snapshot: Database): AsyncGenerator<LogRow[]> {
  return parts<LogRow>(
    snapshot,
    'sealed',
    sql`select l.position, l.entry, l.digest as leaf, ${columns}
      from audit.leaf l left join audit.entry e on e.id = l.entry order by l.position`
  )
}

/** What has no place yet. */
export function unsealedRows(snapshot: Database): AsyncGenerator<LogRow[]> {
  return parts<LogRow>(
    snapshot,
    'unsealed',
    sql`select null::bigint as position, e.id as entry, null::bytea as leaf, ${columns}
      from audit.entry e where not exists (select from audit.leaf l where l.entry = e.id) order by e.id`
  )
}

/** All heads, the oldest first. */
export async function* allHeads(snapshot: Database): AsyncGenerator<Head> {
  for await (const rows of parts<HeadRow>(
    snapshot,
    'heads',
    sql`${headColumns} from audit.head order by size`
  )) {
    for (const row of rows) yield headOf(row)
  }
}

/** Rows of a query in parts, through a cursor: a log is larger than the memory. */
async function* parts<Row>(
  snapshot: Database,
  name: string,
  query: RawBuilder<unknown>
): AsyncGenerator<Row[]> {
  const cursor = sql.id(`verified_${name}`)
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(snapshot)
  const fetch = () =>
    sql<Row>`fetch ${sql.lit(rowsAtOnce)} from ${cursor}`.execute(snapshot).then(({ rows }) => rows)
  // The database reads on while we compute.
  for (let next = fetch(); ;) {
    const rows = await next
    if (rows.length === 0) break
    next = fetch()
    // Where nobody asks for more, nobody hears how it ended.
    next.catch(() => {})
    yield rows
  }
  await sql`close ${cursor}`.execute(snapshot)
}
