import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** Only audit.record() writes here, and audit.erase() empties payload, salt and about. */
export type AuditEntryTable = {
  id: ColumnType<string, never, never>
  act: ColumnType<string, never, never>
  at: ColumnType<Temporal.Instant, never, never>
  actor: ColumnType<unknown, never, never>
  subject_kind: ColumnType<string, never, never>
  subject_id: ColumnType<string, never, never>
  number: ColumnType<number, never, never>
  previous: ColumnType<Buffer | null, never, never>
  payload_digest: ColumnType<Buffer, never, never>
  digest: ColumnType<Buffer, never, never>
  payload: ColumnType<unknown, never, never>
  salt: ColumnType<Buffer | null, never, never>
  about: ColumnType<string[] | null, never, never>
  settled_by: ColumnType<string, never, never>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'audit.entry': AuditEntryTable
  }
}
