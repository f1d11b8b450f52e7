/**
 * A strict reader of what a signature appends to a PDF (ISO 32000-1, 7.3 and 7.5). It reads plain objects and plain
 * tables only: comments, streams, names with escapes and keys that stand twice are what documents are forged with,
 * and none of them is needed to sign.
 */

/** A value in one spelling: what is written differently and means the same reads alike. */
type Read = { value: string; end: number }

/** The entries of a dictionary, each value in its one spelling. */
export type PdfDictionary = ReadonlyMap<string, string>

const deepest = 12
const space = /[\0\t\n\f\r ]*/y
const word =
  /\/[A-Za-z0-9_.+*,:;-]+|\d{1,10}[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![A-Za-z0-9])|[+-]?\d*\.?\d+|\d+\.|true|false|null/y
const hexadecimal = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y
/** Without parentheses or escapes inside: none of those that are written for signatures need any. */
const literal = /\(([^()\\]*)\)/y

function after(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

export const pastSpace = (text: string, at: number) => at + after(space, text, at)![0].length

/** Reads one value; undefined: it is not one that is read here. */
export function readValue(text: string, from: number, depth = 0): Read | undefined {
  const at = pastSpace(text, from)
  if (depth > deepest) return undefined
  if (text.startsWith('<<', at)) return readEntries(text, at, depth)
  if (text[at] === '[') return readArray(text, at, depth)
  const hex = after(hexadecimal, text, at)
  if (hex)
    return { value: `<${hex[1]!.replace(/[^0-9A-Fa-f]/g, '').toLowerCase()}>`, end: at + hex[0].length }
  const said = after(literal, text, at)
  if (said) return { value: `<${Buffer.from(said[1]!, 'latin1').toString('hex')}>`, end: at + said[0].length }
  const found = after(word, text, at)
  return found && { value: found[0].replace(/[\0\t\n\f\r ]+/g, ' '), end: at + found[0].length }
}

function readArray(text: string, at: number, depth: number): Read | undefined {
  const values: string[] = []
  for (let next = pastSpace(text, at + 1); ;) {
    if (text[next] === ']') return { value: `[${values.join(' ')}]`, end: next + 1 }
    const read = readValue(text, next, depth + 1)
    if (!read) return undefined
    values.push(read.value)
    next = pastSpace(text, read.end)
  }
}

function readEntries(text: string, at: number, depth: number): Read | undefined {
  const entries = new Map<string, string>()
  for (let next = pastSpace(text, at + 2); ;) {
    if (text.startsWith('>>', next)) return { value: spelled(entries), end: next + 2 }
    const key = after(word, text, next)?.[0]
    const read = key?.startsWith('/') ? readValue(text, next + key.length, depth + 1) : undefined
    // Of two alike, one program takes the first and another the last.
    if (key === undefined || !read || entries.has(key)) return undefined
    entries.set(key, read.value)
    next = pastSpace(text, read.end)
  }
}

/** A dictionary in its one spelling. */
export function spelled(entries: PdfDictionary): string {
  return `<<${[...entries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key} ${value}`)
    .join(' ')}>>`
}

/** The entries of a value that is a dictionary. */
export function entriesOf(value: string | undefined): PdfDictionary | undefined {
  if (!value?.startsWith('<<')) return undefined
  const entries = new Map<string, string>()
  for (let next = 2; !value.startsWith('>>', next);) {
    const key = after(word, value, pastSpace(value, next))![0]
    const read = readValue(value, pastSpace(value, next) + key.length)!
    entries.set(key, read.value)
    next = pastSpace(value, read.end)
  }
  return entries
}

/** The numbers of the objects that a value refers to, where it is a list of references and nothing else. */
export function referencesIn(value: string | undefined): number[] | undefined {
  if (!value || !/^\[(?:\d+ 0 R(?: \d+ 0 R)*)?\]$/.test(value)) return undefined
  return [...value.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number))
}

/** A part of a PDF that ends in a table of its own. */
export type PdfSection = {
  /** Where each object that the table names begins. */
  table: ReadonlyMap<number, number>
  trailer: PdfDictionary
  /** Where the table begins. */
  tableAt: number
  /** Where the section ends, with the space after it. */
  end: number
}

/** The table that stands at a place, and what follows it up to the end of the section. */
export function readTable(text: string, tableAt: number): PdfSection | undefined {
  const table = new Map<number, number>()
  let at = tableAt + (after(/xref *\r?\n/y, text, tableAt)?.[0].length ?? text.length)
  for (let part; (part = after(/(\d{1,10}) (\d{1,6}) *\r?\n/y, text, at));) {
    at += part[0].length
    for (let number = Number(part[1]); number < Number(part[1]) + Number(part[2]); number++) {
      const entry = after(/(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)/y, text, at)
      if (!entry || table.has(number)) return undefined
      // To free an object is to take something away; number 0 is always free.
      if (entry[3] === 'f' ? number !== 0 : entry[2] !== '00000') return undefined
      if (entry[3] === 'n') table.set(number, Number(entry[1]))
      at += 20
    }
  }
  const keyword = after(/trailer/y, text, at)
  const trailer = keyword && readValue(text, at + 7)
  const entries = entriesOf(trailer?.value)
  const end =
    trailer && after(/[\0\t\n\f\r ]*startxref\s{1,4}(\d{1,10})\s{1,4}%%EOF[\0\t\n\f\r ]*/y, text, trailer.end)
  if (!entries || !end || Number(end[1]) !== tableAt) return undefined
  return { table, trailer: entries, tableAt, end: trailer.end + end[0].length }
}

/** An object without a stream, at a place. */
export function readObject(
  text: string,
  at: number
): { number: number; value: string; end: number } | undefined {
  const head = after(/(\d{1,10}) 0 obj/y, text, at)
  const read = head && readValue(text, at + head[0].length)
  const end = read && pastSpace(text, read.end)
  if (!head || !read || !text.startsWith('endobj', end)) return undefined
  return { number: Number(head[1]), value: read.value, end: pastSpace(text, end! + 6) }
}
