import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

type WrittenByDatabase<Value> = ColumnType<Value, never, never>
type WrittenOnce<Value, Given = Value> = ColumnType<Value, Given, never>

/** Only audit.record() writes here, and audit.erase() empties payload, salt and about. bigint and xid8 are text. */
export type AuditEntryTable = {
  id: WrittenByDatabase<string>
  act: WrittenByDatabase<string>
  at: WrittenByDatabase<Temporal.Instant>
  actor: WrittenByDatabase<unknown>
  subject_kind: WrittenByDatabase<string>
  subject_id: WrittenByDatabase<string>
  number: WrittenByDatabase<number>
  previous: WrittenByDatabase<Buffer | null>
  payload_digest: WrittenByDatabase<Buffer>
  digest: WrittenByDatabase<Buffer>
  payload: WrittenByDatabase<unknown>
  salt: WrittenByDatabase<Buffer | null>
  about: WrittenByDatabase<string[] | null>
  settled_by: WrittenByDatabase<string>
}

export type AuditLeafTable = {
  position: WrittenOnce<string, number>
  entry: WrittenOnce<string>
  digest: WrittenOnce<Buffer>
}

export type AuditNodeTable = {
  level: WrittenOnce<number>
  index: WrittenOnce<string, number>
  root: WrittenOnce<Buffer>
}

export type AuditHeadTable = {
  size: WrittenOnce<string, number>
  root: WrittenOnce<Buffer>
  sealed_at: WrittenOnce<Temporal.Instant, string>
  horizon: WrittenOnce<string>
  public_key: WrittenOnce<Buffer>
  signature: WrittenOnce<Buffer>
}

export type AuditKeyTable = {
  public_key: WrittenOnce<Buffer>
  since: ColumnType<Temporal.Instant, never, never>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'audit.entry': AuditEntryTable
    'audit.leaf': AuditLeafTable
    'audit.node': AuditNodeTable
    'audit.head': AuditHeadTable
    'audit.key': AuditKeyTable
  }
}
