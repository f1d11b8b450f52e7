import { type Prepared, runPrepared, together } from '#shared/database/index.ts'
import type { JsonValue } from '#shared/audit/index.ts'
import type { How } from '../applications-tables.server.ts'
import { digestOfAnswer } from '../submission/manifest.ts'
import type { Field } from './latest.server.ts'
import type { KeptDelta } from './merge.ts'

/** A new version of a field, to be kept if everything that it rests on still holds. */
export type NewVersion = Field & {
  /** The outline by which the writer may write. */
  outline: number
  /** The version it follows. */
  base: number
  text: string | null
  value: JsonValue
  length: number
  delta: KeptDelta | null
  how: How
  by: string
  save: string | null
}

/** What became of it. */
export type Kept =
  | { outcome: 'kept'; version: number; savedAt: string }
  /** Participants, rights or the state changed since the outline was read. */
  | { outcome: 'other-outline' }
  /** Somebody saved after the version it follows. */
  | { outcome: 'other-version' }

/**
 * Keeps new versions: those of the same moment in one statement, while others are under way. Answers once they are
 * durable. Of one field only one may be given at a time.
 */
export const keep = together<NewVersion, Kept>({
  lanes: 2,
  most: 100,
  // Each statement wakes two processes and waits for the disk: when many save, fewer of them cost a quarter less.
  apart: 2,
  work: async (database, versions) => {
    const given = versions.map((version, n) => ({
      n,
      ...version,
      // What a submission vouches for.
      digest: digestOfAnswer(version.text ?? version.value)
    }))
    // As bytes: while the statement is under way nothing of it lies in the heap.
    const rows = await runPrepared<Row>(database, keepVersions, [Buffer.from(JSON.stringify(given))])
    const byPlace = new Map(rows.map((row) => [row.n, row]))
    return versions.map((_, n): Kept => {
      const row = byPlace.get(n)
      if (!row?.allowed) return { outcome: 'other-outline' }
      if (row.version === null) return { outcome: 'other-version' }
      return { outcome: 'kept', version: row.version, savedAt: row.savedAt! }
    })
  }
})

type Row = { n: number; allowed: boolean; version: number | null; savedAt: string | null }

// Two servers that keep the same fields wait for each other in the order of the fields, and so not for ever.
const keepVersions: Prepared = {
  name: 'applications.keep-versions',
  text: `
    with given as materialized (
      select * from json_to_recordset($1::json) as g (n integer, application uuid, outline integer, path text,
        base integer, text text, value jsonb, length integer, digest text, delta jsonb, how text, by uuid, save uuid)
      order by application, path
    ), allowed as materialized (
      select g.* from given g cross join lateral (
        -- A limit, so that whatever the statistics say each application is found by its key. The lock waits for one
        -- that is being submitted, which is then read again: what is kept is in it, or is refused.
        select a.id from applications.application a
        where a.id = g.application and a.outline = g.outline and a.state = 'draft' limit 1 for key share) a
    ), changed as (
      update applications.answer x set text = g.text, value = g.value, version = g.base + 1, length = g.length,
        digest = decode(g.digest, 'hex'), changed_by = g.by, changed_at = clock_timestamp()
      from allowed g
      where g.base > 0 and x.application = g.application and x.path = g.path and x.version = g.base
      returning g.n, x.application, x.path, x.version, g.delta, g.value, g.how, g.by, x.changed_at, g.save
    ), begun as (
      insert into applications.answer (application, path, text, value, version, length, digest, changed_by, changed_at)
      select g.application, g.path, g.text, g.value, 1, g.length, decode(g.digest, 'hex'), g.by, clock_timestamp()
      from allowed g where g.base = 0
      on conflict do nothing
      returning application, path, version, changed_at
    ), kept as materialized (
      select * from changed
      union all
      select g.n, b.application, b.path, b.version, g.delta, g.value, g.how, g.by, b.changed_at, g.save
      from begun b join allowed g on g.application = b.application and g.path = b.path
    ), noted as (
      insert into applications.answer_version
        (application, path, version, delta, value, how, saved_by, saved_at, save)
      select application, path, version, delta, value, how, by, changed_at, save from kept
    )
    select g.n, a.n is not null as allowed, k.version,
      to_char(k.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "savedAt"
    from given g left join allowed a on a.n = g.n left join kept k on k.n = g.n`
}
