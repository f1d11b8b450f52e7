import { type Cell, type Grid, type SheetLimits, cleanCell } from './cells.ts'
import type { SheetProblem } from './sheet-problem.ts'

/** Reads CSV: UTF-8 or UTF-16 with its mark; cells parted by comma, semicolon or tab; quoted as in RFC 4180. */
export function readCsv(bytes: Uint8Array, limits: SheetLimits): Grid | SheetProblem {
  const text = decoded(bytes)
  // Pictures and programs have zeros near their beginning; text of another encoding has none.
  if (text === undefined)
    return { problem: bytes.subarray(0, 1000).includes(0) ? 'not-a-spreadsheet' : 'encoding' }
  // Other files are text, too: pages, mark-up, settings. None of them has this in its first lines.
  if (/^\s*(<[!?a-z]|\{|%PDF|\{\\rtf)/i.test(text) || text.includes('\0'))
    return { problem: 'not-a-spreadsheet' }
  const rows: Cell[][] = []
  for (const row of rowsOf(text, delimiterOf(text))) {
    if (rows.length >= limits.rows) return { problem: 'too-many-rows', limit: limits.rows }
    if (row.length > limits.columns) return { problem: 'too-many-columns', limit: limits.columns }
    rows.push(row.map((cell) => cleanCell(cell) || undefined))
  }
  while (rows.at(-1)?.every((cell) => cell === undefined)) rows.pop()
  return { name: '', rows }
}

function decoded(bytes: Uint8Array): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  try {
    return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The one of , ; and tab that is most frequent in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const line =
    text
      .slice(0, 10_000)
      .replace(/"[^"]*"/g, '')
      .split(/\r?\n/)
      .find((each) => each.trim() !== '') ?? ''
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].sort((one, other) => count(other) - count(one))[0]!
}

function* rowsOf(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; ;) {
        const quote = text.indexOf('"', at)
        // A quotation that never ends runs to the end of the file.
        cell += text.slice(at, quote < 0 ? text.length : quote)
        at = quote < 0 ? text.length : quote + 1
        if (text[at] !== '"' || quote < 0) break
        cell += '"'
        at++
      }
    }
    const end = nextOf(text, at, delimiter)
    row.push(cell + text.slice(at, end))
    at = end
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      row.push('')
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    yield row
    row = []
  }
}

function nextOf(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
