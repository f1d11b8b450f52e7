import { crc32, inflateRawSync } from 'node:zlib'
import type { SheetProblem } from './sheet-problem.ts'

/** The files of a ZIP archive by name, packed still. */
export type ZipParts = Map<string, ZipPart>

type ZipPart = {
  method: number
  encrypted: boolean
  crc: number
  /** As declared; held to when unpacking. */
  size: number
  packed: Uint8Array
}

const mostParts = 2000
const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localHeader = 0x04034b50

/** Reads the directory of an archive. Nothing is unpacked. */
export function readZipParts(bytes: Uint8Array): ZipParts | SheetProblem {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = lastIndexOf(view, endOfDirectory)
  if (end === undefined) return { problem: 'damaged' }
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const parts: ZipParts = new Map()
  try {
    if (count > mostParts) return { problem: 'damaged' }
    for (let number = 0; number < count; number++) {
      if (view.getUint32(at, true) !== directoryEntry) return { problem: 'damaged' }
      const nameLength = view.getUint16(at + 28, true)
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
      // Two parts of one name: programs disagree which of them counts.
      if (parts.has(name)) return { problem: 'damaged' }
      const local = view.getUint32(at + 42, true)
      if (view.getUint32(local, true) !== localHeader) return { problem: 'damaged' }
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
      parts.set(name, {
        method: view.getUint16(at + 10, true),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        crc: view.getUint32(at + 16, true),
        size: view.getUint32(at + 24, true),
        packed: bytes.subarray(start, start + view.getUint32(at + 20, true))
      })
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
  } catch (error) {
    if (error instanceof RangeError) return { problem: 'damaged' }
    throw error
  }
  return parts
}

/**
 * Unpacks some parts. What is declared is added up before anything is unpacked, and no part may grow beyond what it
 * declares, so a bomb is refused before it grows.
 */
export function unpack(
  parts: ZipParts,
  names: readonly string[],
  mostBytes: number
): Map<string, Uint8Array> | SheetProblem {
  const wanted = names.map((name) => [name, parts.get(name)!] as const)
  if (wanted.some(([, { encrypted }]) => encrypted)) return { problem: 'protected' }
  const declared = wanted.reduce((sum, [, { size }]) => sum + size, 0)
  if (declared > mostBytes) return { problem: 'too-big-unpacked', limit: mostBytes / 1e6 }
  const unpacked = new Map<string, Uint8Array>()
  for (const [name, part] of wanted) {
    const content = unpackPart(part)
    if (!content || content.length !== part.size || crc32(content) !== part.crc) return { problem: 'damaged' }
    unpacked.set(name, content)
  }
  return unpacked
}

function unpackPart({ method, packed, size }: ZipPart): Uint8Array | undefined {
  if (method === 0) return packed
  if (method !== 8) return undefined
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return undefined
  }
}

/** Where the archive's end stands: it may be followed by a comment of at most 65 535 bytes. */
function lastIndexOf(view: DataView, signature: number): number | undefined {
  const first = Math.max(0, view.byteLength - 22 - 65_535)
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === signature) return at
  }
  return undefined
}
