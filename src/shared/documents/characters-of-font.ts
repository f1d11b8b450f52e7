import { readFileSync } from 'node:fs'

/** First and last, in order. */
type Range = [first: number, last: number]

/** Which characters a font has, as a question: of its table `cmap` in format 12 or 4 (OpenType, “cmap”). */
export function charactersOf(file: string): (code: number) => boolean {
  const ranges = rangesOf(readFileSync(file))
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

function rangesOf(font: Buffer): Range[] {
  // A collection holds several fonts of one look: its first speaks for all.
  const start = font.toString('latin1', 0, 4) === 'ttcf' ? font.readUInt32BE(12) : 0
  const tables = Array.from({ length: font.readUInt16BE(start + 4) }, (_, index) => start + 12 + index * 16)
  const record = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')!
  const cmap = font.readUInt32BE(record + 8)
  const maps = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, index) => cmap + font.readUInt32BE(cmap + 8 + index * 8)
  )
  const full = maps.find((at) => font.readUInt16BE(at) === 12)
  if (full !== undefined)
    return Array.from({ length: font.readUInt32BE(full + 12) }, (_, index) => {
      const group = full + 16 + index * 12
      return [font.readUInt32BE(group), font.readUInt32BE(group + 4)]
    })
  const short = maps.find((at) => font.readUInt16BE(at) === 4)
  return short === undefined ? [] : segmentsOf(font, short)
}

function segmentsOf(font: Buffer, map: number): Range[] {
  const size = font.readUInt16BE(map + 6)
  return Array.from({ length: size / 2 }, (_, index): Range[] => {
    const last = map + 14 + index * 2
    const [first, delta, offset] = [1, 2, 3].map((column) => last + 2 + size * column) as [
      number,
      number,
      number
    ]
    const [from, to] = [font.readUInt16BE(first), font.readUInt16BE(last)]
    const away = font.readUInt16BE(offset)
    const glyph = (code: number) =>
      away === 0
        ? (code + font.readUInt16BE(delta)) & 65535 // not of a guide: 16 bits
        : font.readUInt16BE(offset + away + (code - from) * 2)
    const codes = Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step)
    return codes.filter((code) => code < 65535 && glyph(code) !== 0).map((code) => [code, code]) // not of a guide: the last of 16 bits
  }).flat()
}
