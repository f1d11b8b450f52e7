import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** First and last, in order. */
type Range = [first: number, last: number]

/**
 * Which characters a font has, as a question: of its table `cmap` in format 12 or 4 (OpenType, “cmap”).
 * @throws Error saying why the file cannot be used as a font: it is another kind of file, or half of one
 */
export function charactersOf(file: string): (code: number) => boolean {
  const ranges = rangesOf(cmapOf(file))
  return (code) => {
    let [from, to] = [0, ranges.length - 1]
    while (from <= to) {
      const middle = (from + to) >> 1
      const [first, last] = ranges[middle]!
      if (code < first) to = middle - 1
      else if (code > last) from = middle + 1
      else return true
    }
    return false
  }
}

/** Without these nobody can set a letter with it; and what draws its letters is one of several. */
const needed = ['cmap', 'head', 'hhea', 'maxp']
const drawn = ['glyf', 'loca', 'CFF ', 'CFF2']

/** The table, of a file of which no more is read than that: there may be hundreds, of twenty megabytes each. */
function cmapOf(file: string): Buffer {
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    const read = (from: number, length: number) => {
      if (from + length > size) throw new Error('the file ends too early')
      const bytes = Buffer.alloc(length)
      readSync(opened, bytes, 0, length, from)
      return bytes
    }
    const kind = read(0, 4).toString('latin1')
    if (!['\0\u0001\0\0', 'OTTO', 'true', 'ttcf'].includes(kind)) throw new Error('the file is no font')
    // A collection holds several fonts of one look: its first speaks for all.
    const start = kind === 'ttcf' ? read(12, 4).readUInt32BE() : 0
    const count = read(start + 4, 2).readUInt16BE()
    const directory = read(start + 12, count * 16)
    const tables = new Map(
      Array.from({ length: count }, (_, index) => {
        const record = directory.subarray(index * 16, index * 16 + 16)
        return [record.toString('latin1', 0, 4), [record.readUInt32BE(8), record.readUInt32BE(12)]] as const
      })
    )
    for (const name of [...needed, ...drawn]) {
      const [from, length] = tables.get(name) ?? [0, 0]
      if (from + length > size) throw new Error('the file ends too early')
      if (length === 0 && needed.includes(name)) throw new Error(`it has no table ${name}`)
    }
    return read(...tables.get('cmap')!)
  } finally {
    closeSync(opened)
  }
}

function rangesOf(cmap: Buffer): Range[] {
  const maps = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + index * 8))
  const full = maps.find((at) => cmap.readUInt16BE(at) === 12)
  if (full !== undefined)
    return Array.from({ length: cmap.readUInt32BE(full + 12) }, (_, index) => {
      const group = full + 16 + index * 12
      return [cmap.readUInt32BE(group), cmap.readUInt32BE(group + 4)]
    })
  const short = maps.find((at) => cmap.readUInt16BE(at) === 4)
  return short === undefined ? [] : segmentsOf(cmap, short)
}

function segmentsOf(cmap: Buffer, map: number): Range[] {
  const size = cmap.readUInt16BE(map + 6)
  return Array.from({ length: size / 2 }, (_, index): Range[] => {
    const last = map + 14 + index * 2
    const [first, delta, offset] = [1, 2, 3].map((column) => last + 2 + size * column) as [
      number,
      number,
      number
    ]
    const [from, to] = [cmap.readUInt16BE(first), cmap.readUInt16BE(last)]
    const away = cmap.readUInt16BE(offset)
    const glyph = (code: number) => {
      if (away === 0) return (code + cmap.readUInt16BE(delta)) & 65535 // not of a guide: 16 bits
      const at = offset + away + (code - from) * 2
      // Whoever sets the letter finds nothing past the end of the table, either.
      return at + 2 > cmap.length ? 0 : cmap.readUInt16BE(at)
    }
    const codes = Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step)
    return codes.filter((code) => code < 65535 && glyph(code) !== 0).map((code) => [code, code]) // not of a guide: the last of 16 bits
  }).flat()
}
