import { type ColumnType, type Generated, type Selectable } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Moment } from '../database/tables.ts'
import type { FileScan, StoredFile } from './file.ts'
import type { FileKind } from './kinds.ts'

/** files.file */
export type FileTable = {
  id: Generated<string>
  sha256: string
  /** bigint: text when read. */
  size: ColumnType<string, number, never>
  kind: FileKind
  name: string
  purpose: string
  uploaded_by: string | null
  received_at: ColumnType<Temporal.Instant, string | undefined, never>
  state: FileScan['state']
  scanned_at: ColumnType<Temporal.Instant | null, string | null, string | null>
  finding: string | null
  unused_since: ColumnType<Temporal.Instant | null, string | null | undefined, string | null>
}

/** files.use: what refers to a file. */
export type FileUseTable = { file: string; used_by: string; since: Generated<Temporal.Instant> | Moment }

declare module '../database/tables.ts' {
  interface Tables {
    'files.file': FileTable
    'files.use': FileUseTable
  }
}

/** A row as the file it is. */
export function fileOf(row: Selectable<FileTable>): StoredFile {
  return {
    id: row.id,
    sha256: row.sha256,
    size: Number(row.size),
    kind: row.kind,
    name: row.name,
    purpose: row.purpose,
    uploadedBy: row.uploaded_by ?? undefined,
    receivedAt: row.received_at,
    scan: scanOf(row)
  }
}

function scanOf({ state, scanned_at, finding }: Selectable<FileTable>): FileScan {
  if (state === 'clean') return { state, at: scanned_at! }
  if (state === 'refused') return { state, at: scanned_at!, finding: finding! }
  return { state }
}

/** What is known of a scan, as columns. */
export function scanColumns(scan: FileScan): Pick<Selectable<FileTable>, 'state' | 'finding'> & {
  scanned_at: string | null
} {
  return {
    state: scan.state,
    scanned_at: 'at' in scan ? scan.at.toString() : null,
    finding: scan.state === 'refused' ? scan.finding : null
  }
}
