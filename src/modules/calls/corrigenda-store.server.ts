import { type Selectable, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { CorrigendumTable } from './calls-tables.server.ts'
import type { Translated } from './call.ts'
import type { Change } from './changes.ts'

/** A change of a published call that is being prepared. */
export type PreparedCorrigendum = {
  id: string
  reason: Translated
  begunBy: string
  begunAt: Temporal.Instant
  sentBy: string | null
  sentAt: Temporal.Instant | null
  /** What the second officer wrote when it was sent back. */
  remarks: string | null
}

/** A change that was published. */
export type Corrigendum = {
  number: number
  reason: Translated
  begunBy: string
  publishedBy: string
  publishedAt: Temporal.Instant
  fromRevision: number
  revision: number
  changes: Change[]
}

/** The corrigendum that is being prepared for a call; undefined when there is none. */
export async function openCorrigendum(
  database: Database,
  call: string
): Promise<PreparedCorrigendum | undefined> {
  const row = await database
    .selectFrom('calls.corrigendum')
    .selectAll()
    .where('call', '=', call)
    .where('published_at', 'is', null)
    .where('dropped_at', 'is', null)
    .executeTakeFirst()
  return row && toPrepared(row)
}

/** The corrigendum that a form began already, if it was sent before. */
export async function corrigendumOfForm(
  database: Database,
  call: string,
  form: string
): Promise<PreparedCorrigendum | undefined> {
  const row = await database
    .selectFrom('calls.corrigendum')
    .selectAll()
    .where('call', '=', call)
    .where('form', '=', form)
    .executeTakeFirst()
  return row && toPrepared(row)
}

/** Published corrigenda of a call, the newest first. */
export async function corrigendaOf(database: Database, call: string): Promise<Corrigendum[]> {
  const rows = await database
    .selectFrom('calls.corrigendum')
    .selectAll()
    .where('call', '=', call)
    .where('published_at', 'is not', null)
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({
    number: row.number!,
    reason: row.reason,
    begunBy: row.begun_by,
    publishedBy: row.published_by!,
    publishedAt: row.published_at!,
    fromRevision: row.from_revision!,
    revision: row.revision!,
    changes: row.changes!
  }))
}

/** Published corrigenda of many calls, for feeds; the newest first. */
export async function publishedCorrigendaOf(
  database: Database,
  calls: readonly string[]
): Promise<
  { id: string; call: string; number: number; reason: Translated; publishedAt: Temporal.Instant }[]
> {
  if (calls.length === 0) return []
  const rows = await database
    .selectFrom('calls.corrigendum')
    .select(['id', 'call', 'number', 'reason', 'published_at'])
    .where('call', 'in', calls)
    .where('published_at', 'is not', null)
    .orderBy('published_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    call: row.call,
    number: row.number!,
    reason: row.reason,
    publishedAt: row.published_at!
  }))
}

export async function insertCorrigendum(
  transaction: Database,
  corrigendum: { call: string; reason: Translated; by: string; form: string | null }
): Promise<void> {
  const { call, reason, by, form } = corrigendum
  await transaction
    .insertInto('calls.corrigendum')
    .values({ call, reason: JSON.stringify(reason), begun_by: by, form })
    .execute()
}

/** Sends it to the second officer. */
export async function markSent(transaction: Database, id: string, by: string): Promise<void> {
  await change(transaction, id, { sent_by: by, sent_at: sql`clock_timestamp()`, remarks: null })
}

/** Gives it back to those who prepare it, perhaps with remarks. */
export async function markUnsent(transaction: Database, id: string, remarks: string | null): Promise<void> {
  await change(transaction, id, { sent_by: null, sent_at: null, remarks })
}

export async function markDropped(transaction: Database, id: string): Promise<void> {
  await change(transaction, id, { dropped_at: sql`clock_timestamp()`, sent_at: null, sent_by: null })
}

export async function changeReason(transaction: Database, id: string, reason: Translated): Promise<void> {
  await change(transaction, id, { reason: JSON.stringify(reason) })
}

/** Gives it its number and keeps what changed. */
export async function markPublished(
  transaction: Database,
  id: string,
  published: { number: number; by: string; from: number; revision: number; changes: readonly Change[] }
): Promise<void> {
  await change(transaction, id, {
    number: published.number,
    published_by: published.by,
    published_at: sql`clock_timestamp()`,
    from_revision: published.from,
    revision: published.revision,
    changes: JSON.stringify(published.changes)
  })
}

async function change(transaction: Database, id: string, set: object): Promise<void> {
  await transaction.updateTable('calls.corrigendum').set(set).where('id', '=', id).execute()
}

function toPrepared(row: Selectable<CorrigendumTable>): PreparedCorrigendum {
  return {
    id: row.id,
    reason: row.reason,
    begunBy: row.begun_by,
    begunAt: row.begun_at,
    sentBy: row.sent_by,
    sentAt: row.sent_at,
    remarks: row.remarks
  }
}
