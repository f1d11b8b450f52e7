import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileRefusal } from './file-refusal.ts'

/** A file as it arrives: the body of a request, a File of a form, bytes. */
export type FileContent = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | Blob

/** What arrived, in a file of its own until it is looked over. */
export type Spooled = { path: string; size: number; sha256: string }

/**
 * Writes what arrives into a folder, part by part: a file is never whole in memory. More than the limit is not
 * read. Nothing is left behind when it is refused.
 */
export async function spool(
  content: FileContent,
  folder: string,
  mostBytes: number
): Promise<Spooled | FileRefusal> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const hash = createHash('sha256')
  let size = 0
  let brokeOff = false
  const measured = async function* () {
    try {
      for await (const part of partsOf(content)) {
        size += part.length
        if (size > mostBytes) return
        hash.update(part)
        yield part
      }
    } catch {
      // The sender's accident, not ours: the connection ended before the file did.
      brokeOff = true
    }
  }
  try {
    await pipeline(
      Readable.from(measured(), { objectMode: false }),
      createWriteStream(path, { mode: 0o600, flags: 'wx' })
    )
    const refusal: FileRefusal | undefined = brokeOff
      ? { refused: 'broke-off' }
      : size > mostBytes
        ? { refused: 'too-large', limit: mostBytes }
        : size === 0
          ? { refused: 'empty' }
          : undefined
    if (refusal) await rm(path, { force: true })
    else await toDisk(path)
    return refusal ?? { path, size, sha256: hash.digest('hex') }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

function partsOf(content: FileContent): AsyncIterable<Uint8Array> {
  if (content instanceof Blob) return content.stream() as unknown as AsyncIterable<Uint8Array>
  if (content instanceof Uint8Array) return Readable.from([content])
  return content as AsyncIterable<Uint8Array>
}

/** Waits until a file, or the names in a folder, would survive a power cut. */
export async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
