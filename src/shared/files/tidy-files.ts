import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { scanned } from './file.ts'
import type { HoldingFiles } from './file-store.ts'
import { lockContent, noteScan } from './store-file.ts'
import { fileOf } from './tables.ts'

const hour = 3_600_000 // not of a guide: milliseconds
const keptUnused = 24 * hour

/**
 * Has files scanned that wait for it, and those taken before there was a scanner, oldest first. Stops when the
 * scanner does not answer. For a timetable: every few minutes.
 * @returns how many were scanned, and how many of them were refused
 */
export async function scanWaitingFiles(holding: HoldingFiles): Promise<{ scanned: number; refused: number }> {
  const { database, files } = holding
  const count = { scanned: 0, refused: 0 }
  if (!files.scan) return count
  const waiting = await database
    .selectFrom('files.file')
    .selectAll()
    .where('state', 'in', ['waiting-for-scan', 'not-scanned'])
    .orderBy('received_at')
    .limit(1000)
    .execute()
  for (const row of waiting) {
    const file = fileOf(row)
    const answer = await withCopy(holding, file.sha256, files.scan)
    if (!answer) {
      holding.log.error({ file: file.id, sha256: file.sha256 }, 'the content of a file is missing')
      continue
    }
    if (answer.scan === 'unavailable') {
      holding.log.warn(
        { ...answer, waiting: waiting.length - count.scanned },
        'the virus scanner does not answer'
      )
      break
    }
    if (answer.scan === 'unable') {
      holding.log.warn({ ...answer, file: file.id, size: file.size }, 'the virus scanner cannot scan a file')
      continue
    }
    const scan = scanned(answer, holding.clock())
    await noteScan(database, file.sha256, scan)
    count.scanned++
    if (scan.state === 'refused') {
      count.refused++
      holding.log.warn({ file: file.id, finding: scan.finding }, 'the virus scanner refused a file')
      await removeContent(holding, file.sha256)
    }
  }
  return count
}

/**
 * Removes what nothing refers to: files unused for a day, contents that no file names, and what is left of uploads
 * that broke off. For a timetable: once a night.
 * @returns how many files and contents were removed
 */
export async function removeUnusedFiles(holding: HoldingFiles): Promise<{ files: number; contents: number }> {
  const { database, files, clock } = holding
  const before = clock().subtract({ milliseconds: keptUnused })
  const removed = await database
    .deleteFrom('files.file')
    .where('unused_since', '<', before.toString() as never)
    .returning('sha256')
    .execute()
  const count = { files: removed.length, contents: 0 }
  for (const sha256 of new Set(removed.map((row) => row.sha256))) {
    if (await removeContent(holding, sha256)) count.contents++
  }
  for await (const sha256 of files.storage.list()) {
    if (await removeContent(holding, sha256)) count.contents++
  }
  await removeBrokenUploads(files.incoming, before.epochMilliseconds)
  return count
}

/** Removes a content, unless a file that may still be handed out names it. */
async function removeContent({ database, files }: HoldingFiles, sha256: string): Promise<boolean> {
  const needed = (using: typeof database) =>
    using
      .selectFrom('files.file')
      .select('id')
      .where('sha256', '=', sha256)
      .where('state', '<>', 'refused')
      .executeTakeFirst()
  // Without the lock first: most contents are needed, and a lock a content would take the night.
  if (await needed(database)) return false
  return database.transaction().execute(async (transaction) => {
    await lockContent(transaction, sha256)
    if (await needed(transaction)) return false
    await files.storage.remove(sha256)
    return true
  })
}

/** The scanner reads from this machine; a content may lie in a bucket. */
async function withCopy<T>(
  { files }: HoldingFiles,
  sha256: string,
  work: (path: string) => Promise<T>
): Promise<T | undefined> {
  const content = await files.storage.read(sha256)
  if (!content) return undefined
  await mkdir(files.incoming, { recursive: true, mode: 0o700 })
  const path = join(files.incoming, randomUUID())
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

async function removeBrokenUploads(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < before) await rm(path, { force: true })
  }
}
