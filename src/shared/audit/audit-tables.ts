import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

type WrittenByDatabase<Value> = ColumnType<Value, never, never>

/**
 * Only functions of the database write here: audit.record() entries, audit.seal() leaves, nodes and heads,
 * audit.note_key() keys; audit.erase() empties payload, salt and about. bigint and xid8 are text.
 */
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
  position: WrittenByDatabase<string>
  entry: WrittenByDatabase<string>
  digest: WrittenByDatabase<Buffer>
}

export type AuditNodeTable = {
  level: WrittenByDatabase<number>
  index: WrittenByDatabase<string>
  root: WrittenByDatabase<Buffer>
}

export type AuditHeadTable = {
  size: WrittenByDatabase<string>
  root: WrittenByDatabase<Buffer>
  sealed_at: WrittenByDatabase<Temporal.Instant>
  horizon: WrittenByDatabase<string>
  public_key: WrittenByDatabase<Buffer>
  signature: WrittenByDatabase<Buffer>
}

export type AuditKeyTable = {
  public_key: WrittenByDatabase<Buffer>
  since: WrittenByDatabase<Temporal.Instant>
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
