import { readFileSync } from 'node:fs'

/** What a reader sees where the fonts have no sign. */
const standIn = '□'

/** Joiners and selectors shape the sign beside them; on their own they show nothing. */
const shaping = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/gu

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Makes texts showable by fonts: a sign that one of them lacks (an emoji, a word in another script) becomes □.
 * Standards for documents refuse a file with a missing sign, and then there would be none at all.
 */
export function shownByFonts(files: readonly string[]): (text: string) => string {
  const fonts = files.map((file) => rangesOf(readFileSync(file)))
  const has = (code: number) =>
    fonts.every((ranges) => ranges.some(([first, last]) => first <= code && code <= last))
  const known = new Map<string, string>()
  const shown = (sign: string): string => {
    const kept = sign.replace(shaping, '')
    return [...kept].every((letter) => has(letter.codePointAt(0)!)) ? kept : standIn
  }
  const run = (signsOfRun: string): string => {
    const before = known.get(signsOfRun)
    if (before !== undefined) return before
    let all = ''
    for (const { segment } of signs.segment(signsOfRun)) {
      if (!known.has(segment)) known.set(segment, shown(segment))
      all += known.get(segment)!
    }
    return all
  }
  return (text) => {
    // Signs remembered of one document must not grow with each.
    if (known.size > mostKnown) known.clear()
    // Every font has the letters of ASCII: only what stands between them is looked at.
    return text.normalize('NFC').replace(/[^\u0000-\u007f]+/gu, run)
  }
}

const mostKnown = 5000 // not of a guide: signs

/** The characters that a font has, as ranges: its table `cmap` in format 12 or 4 (OpenType, “cmap”). */
function rangesOf(font: Buffer): [first: number, last: number][] {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16)
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
  return segmentsOf(
    font,
    maps.find((at) => font.readUInt16BE(at) === 4)!
  )
}

function segmentsOf(font: Buffer, map: number): [first: number, last: number][] {
  const size = font.readUInt16BE(map + 6)
  return Array.from({ length: size / 2 }, (_, index): [number, number][] => {
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
