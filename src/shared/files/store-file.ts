import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { type FileScan, type StoredFile, scanned } from './file.ts'
import { fileName } from './file-name.ts'
import type { FileRefusal } from './file-refusal.ts'
import type { HoldingFiles } from './file-store.ts'
import { kindOfFile } from './kind-of-file.ts'
import type { FileKind } from './kinds.ts'
import { type FileContent, type Spooled, spool } from './spool.ts'
import { fileOf, scanColumns } from './tables.ts'

/** A file that somebody gives. */
export type Upload = {
  content: FileContent
  /** As the sender calls it: shown, never believed. */
  name: string
  accepts: readonly FileKind[]
  mostBytes: number
  /** What it is given for, such as organisations.evidence. */
  purpose: string
  uploadedBy: string | undefined
}

/**
 * Takes a file: writes it down as it arrives, finds out what it is by its content, has it scanned, keeps it under
 * the name of its SHA-256, and remembers it. Whoever uses it says so with `useFile` in the transaction of their own
 * act; a file that nobody uses is removed after a day.
 *
 * A scanner that does not answer loses nothing: the file is kept, waits, and is handed to nobody but its sender.
 */
export async function storeFile(
  holding: HoldingFiles,
  upload: Upload
): Promise<{ file: StoredFile } | FileRefusal> {
  try {
    return await lookedOver(holding, upload)
  } catch (error) {
    if (!fullDisk.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    holding.log.error({ err: error, purpose: upload.purpose }, 'the disk is full: a file was not kept')
    return { refused: 'no-room' }
  }
}

/** No space, a quota that is used up; and what PostgreSQL says of its own disk. */
const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', '53100'])

async function lookedOver(
  holding: HoldingFiles,
  upload: Upload
): Promise<{ file: StoredFile } | FileRefusal> {
  const { files } = holding
  const spooled = await spool(upload.content, files.incoming, upload.mostBytes)
  if ('refused' in spooled) return spooled
  try {
    const kind = await kindOfFile(spooled.path, upload.name)
    if (!kind || !upload.accepts.includes(kind)) return { refused: 'wrong-kind', accepts: upload.accepts }
    const answer = await files.scan?.(spooled.path)
    const scan = scanned(answer, holding.clock())
    if (answer && 'why' in answer)
      holding.log.warn(answer, 'the virus scanner gave no answer; a file waits for it')
    if (scan.state === 'refused') {
      // Remembered without its content, so that an officer sees that it was tried.
      const file = await remember(holding.database, upload, kind, spooled, scan)
      await noteScan(holding.database, spooled.sha256, scan)
      holding.log.warn({ file: file.id, finding: scan.finding }, 'the virus scanner refused a file')
      return { refused: 'infected', finding: scan.finding }
    }
    return { file: await keep(holding, upload, kind, spooled, scan) }
  } finally {
    await rm(spooled.path, { force: true })
  }
}

async function keep(
  { database, files }: HoldingFiles,
  upload: Upload,
  kind: FileKind,
  spooled: Spooled,
  scan: FileScan
): Promise<StoredFile> {
  const { storage } = files
  // The content before the row that names it, and outside of the transaction: a bucket may take its time.
  await storage.put(spooled.path, spooled.sha256)
  return database.transaction().execute(async (transaction) => {
    await lockContent(transaction, spooled.sha256)
    // Its last other row may have gone in between, and the content with it.
    if (!(await storage.has(spooled.sha256))) await storage.put(spooled.path, spooled.sha256)
    return remember(transaction, upload, kind, spooled, scan)
  })
}

async function remember(
  database: Database,
  { name, purpose, uploadedBy }: Upload,
  kind: FileKind,
  { sha256, size }: Spooled,
  scan: FileScan
): Promise<StoredFile> {
  const row = await database
    .insertInto('files.file')
    .values({
      ...{ sha256, size, kind, purpose, name: fileName(name, kind), uploaded_by: uploadedBy ?? null },
      ...scanColumns(scan)
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return fileOf(row)
}

/**
 * Every file of the same content learns what the scanner said. A finding counts for those, too, that it let pass
 * when it knew less; what removes unused contents then removes this one.
 */
export async function noteScan(database: Database, sha256: string, scan: FileScan): Promise<void> {
  let files = database.updateTable('files.file').set(scanColumns(scan)).where('sha256', '=', sha256)
  if (scan.state !== 'refused') files = files.where('state', 'in', ['waiting-for-scan', 'not-scanned'])
  await files.execute()
}

/** Until the end of the transaction nobody else takes or removes this content. */
export async function lockContent(transaction: Database, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files ${sha256}`}, 0))`.execute(transaction)
}
