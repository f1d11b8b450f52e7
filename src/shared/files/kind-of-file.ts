import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { type FileKind, fileKinds } from './kinds.ts'

const patience = 5000 // not of a guide: milliseconds
/** Mark-up a browser might run, also after blanks, a byte order mark or comments. */
const markUp = /^[\s\ufeff]*(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:[!?]|[a-z])/i

/**
 * What a file is, by its content; undefined for everything that is never taken: programs, pages, SVG, archives,
 * documents with macros.
 * @param name tells only CSV from other text
 */
export async function kindOfFile(path: string, name: string): Promise<FileKind | undefined> {
  const found = await fileTypeFromFile(path, {
    signal: AbortSignal.timeout(patience),
    maxBufferSize: 1_000_000
  }).catch(() => undefined)
  if (found?.mime === 'application/zip') return (await isAsic(path)) ? 'asice' : undefined
  if (found) {
    const kinds = Object.entries(fileKinds) as [FileKind, { type: string }][]
    return kinds.find(([, { type }]) => type === found.mime)?.[0]
  }
  if (!(await isText(path))) return undefined
  return /\.csv$/i.test(name) ? 'csv' : 'txt'
}

/** A signed container says first, and packed in no way, what it is. */
async function isAsic(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(120), 0, 120, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.length < 31 || head.readUInt32LE(0) !== 0x04034b50 || head.readUInt16LE(8) !== 0) return false
    const named = 30 + head.readUInt16LE(26)
    const from = named + head.readUInt16LE(28)
    const { type } = fileKinds.asice
    return (
      head.subarray(30, named).toString('latin1') === 'mimetype' &&
      head.subarray(from, from + type.length).toString('latin1') === type
    )
  } finally {
    await file.close()
  }
}

/** Whether all of it is UTF-8 (or UTF-16 with its mark) without control characters, and no mark-up. */
async function isText(path: string): Promise<boolean> {
  let decoder: TextDecoder | undefined
  let first = true
  try {
    for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(part[0] === 0xff && part[1] === 0xfe ? 'utf-16le' : 'utf-8', {
        fatal: true
      })
      const text = decoder.decode(part, { stream: true })
      if (first && markUp.test(text.slice(0, 10_000))) return false
      if (/[\0-\x08\x0b\x0e-\x1f\x7f]/.test(text)) return false
      first = false
    }
    decoder?.decode()
    return true
  } catch {
    return false
  }
}
