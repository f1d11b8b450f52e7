import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { Actor, AuditSubject } from './entry.ts'
import type { JsonObject } from './canonical-json.ts'
import type { Head } from './head.ts'
import { instantOf } from './digests.ts'
import './audit-tables.ts'

/** The head that signs for most; undefined while nothing is sealed. */
export async function newestHead(database: Database): Promise<Head | undefined> {
  return (await headsBefore(database, undefined, 1))[0]
}

/** Heads, the newest first. @param before only those of fewer entries */
export async function headsBefore(
  database: Database,
  before: number | undefined,
  most: number
): Promise<Head[]> {
  const below = before === undefined ? sql`` : sql`where size < ${before}`
  const { rows } = await sql<HeadRow>`
    ${headColumns} from audit.head ${below} order by size desc limit ${most}`.execute(database)
  return rows.map(headOf)
}

/** As a head's columns are read: the moment in microseconds, which a Temporal.Instant would be slow to make. */
export type HeadRow = { size: string; root: Buffer; moment: string; public_key: Buffer; signature: Buffer }

export const headColumns = sql`
  select size, root, (extract(epoch from sealed_at) * 1000000 - 946684800000000)::bigint as moment, public_key,
    signature`

export function headOf({ size, root, moment, public_key, signature }: HeadRow): Head {
  return { size: Number(size), root, sealedAt: instantOf(BigInt(moment)), publicKey: public_key, signature }
}

/** An entry as somebody reads it. */
export type EntryView = {
  id: string
  act: string
  /** 2026-11-22T02:33:26.123456Z. */
  at: string
  by: Actor
  subject: AuditSubject
  number: number
  /** null: erased. */
  payload: JsonObject | null
}

type EntryRow = Omit<EntryView, 'at' | 'subject'> & { moment: string; kind: string; subject: string }

const entryColumns = sql`
  select id, act, (extract(epoch from at) * 1000000 - 946684800000000)::bigint as moment, actor as by,
    subject_kind as kind, subject_id as subject, number, payload`

const entryOf = ({ moment, kind, subject, ...rest }: EntryRow): EntryView => ({
  ...rest,
  at: instantOf(BigInt(moment)),
  subject: { kind, id: subject }
})

/**
 * What was done to a subject, the newest first. Whether the person may see it is for the module to decide that the
 * subject belongs to.
 * @param before only entries with a smaller number
 */
export async function historyOf(
  database: Database,
  { kind, id }: AuditSubject,
  most: number,
  before = 2 ** 31 - 1
): Promise<EntryView[]> {
  const { rows } = await sql<EntryRow>`
    ${entryColumns} from audit.entry
    where subject_kind = ${kind} and subject_id = ${id} and number < ${before}
    order by number desc limit ${most}`.execute(database)
  return rows.map(entryOf)
}

/** The entries whose payload holds data of a person, oldest first: for what they ask to be shown or erased. */
export async function entriesAbout(database: Database, person: string): Promise<EntryView[]> {
  const { rows } = await sql<EntryRow>`
    ${entryColumns} from audit.entry where about @> array[${person}]::uuid[] order by id`.execute(database)
  return rows.map(entryOf)
}
