import { fold } from './nearest.ts'

/** One line of pasted text that says something. `line` counts from 1; `raw` is the line as it was. */
export type PastedLine = { line: number; raw: string; cells: string[]; between: string }

/** What a column holds when a heading says so. */
export type Column = 'name' | 'country' | 'type' | 'role' | 'other'

const headings: Readonly<Record<Column, readonly string[]>> = {
  name: [
    'name',
    'organisation',
    'organization',
    'organisation name',
    'organization name',
    'partner',
    'partners',
    'partner name',
    'institution',
    'legal name',
    'nosaukums',
    'organizācija',
    'organizācijas nosaukums',
    'partneris',
    'partneri',
    'partnera nosaukums',
    'iestāde',
    'iestādes nosaukums',
    'dalībnieks'
  ],
  country: ['country', 'country code', 'valsts', 'valsts kods', 'valsts nosaukums'],
  type: [
    'type',
    'organisation type',
    'organization type',
    'type of organisation',
    'tips',
    'veids',
    'organizācijas tips',
    'organizācijas veids'
  ],
  role: ['role', 'role in the project', 'loma', 'loma projektā'],
  other: [
    'city',
    'town',
    'pilsēta',
    'nr',
    'no',
    'npk',
    'n p k',
    'oid',
    'pic',
    'website',
    'web',
    'email',
    'e mail',
    'e pasts',
    'address',
    'adrese',
    'tīmekļvietne',
    'contact',
    'contact person',
    'kontaktpersona',
    'phone',
    'tālrunis',
    'region',
    'reģions'
  ]
}

const columnOf = new Map(
  (Object.keys(headings) as Column[]).flatMap((column) =>
    headings[column].map((word) => [fold(word), column] as const)
  )
)

/** Columns told by the first line, when it is a heading and no partner. */
export function columnsOf(cells: readonly string[]): (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => columnOf.get(fold(cell)))
  const filled = cells.filter((cell) => cell !== '').length
  const told = columns.filter((column) => column !== undefined).length
  if (filled === 1)
    return columns.includes('name') && !/^partner(?:is)?$/i.test(cells.join('')) ? columns : undefined
  return told >= 2 && told * 2 >= filled ? columns : undefined
}

/** A cell in quotation marks may run over some lines, as spreadsheets copy it, but not over many. */
const mostLinesInCell = 5

/** The lines that are not empty, each in its cells: split at tabs, else at semicolons, else at commas. */
export function pastedLines(text: string): PastedLine[] {
  const written = text.replace(/^\ufeff/, '').split(/\r\n|[\r\n\u2028\u2029]/)
  const lines: PastedLine[] = []
  for (let index = 0; index < written.length; index++) {
    let raw = written[index]!
    const line = index + 1
    if (raw.trim() === '') continue
    const last = lastLineOfCell(written, index)
    if (last > index) {
      raw = written.slice(index, last + 1).join('\n')
      index = last
    }
    lines.push({ line, raw, ...cellsOf(raw) })
  }
  return withoutNumbering(lines)
}

/** The line where a quoted cell opened in this line is closed; this line when none is open, or none closes it. */
function lastLineOfCell(written: readonly string[], index: number): number {
  const opens = (line: string) => /(?:^|[\t;,])\s*"/.test(line) && (line.match(/"/g)?.length ?? 0) % 2 === 1
  if (!opens(written[index]!)) return index
  for (let next = index + 1; next < Math.min(index + mostLinesInCell, written.length); next++) {
    const quotes = written[next]!.match(/"/g)?.length ?? 0
    if (quotes % 2 === 1) return /"\s*(?:[\t;,]|$)/.test(written[next]!) ? next : index
  }
  return index
}

function cellsOf(raw: string): { cells: string[]; between: string } {
  const unmarked = raw.replace(/^\s*(?:[-–—*•·▪◦‣●○]\s+|[•·▪◦‣●○])/, '')
  const separator = ['\t', ';', ','].find((mark) => unmarked.includes(mark))
  if (separator === undefined) return { cells: [unmarked.trim()], between: ', ' }
  return { cells: splitAt(separator, unmarked), between: separator === ',' ? ', ' : '' }
}

function splitAt(separator: string, text: string): string[] {
  const cells: string[] = []
  const quoted = new RegExp(`[^\\S\\t]*"((?:[^"]|"")*)"[^\\S\\t]*(?=${separator}|$)`, 'y')
  for (let at = 0; at <= text.length;) {
    quoted.lastIndex = at
    const found = quoted.exec(text)
    const end = found ? quoted.lastIndex : text.indexOf(separator, at)
    const stop = end === -1 ? text.length : end
    cells.push((found ? found[1]!.replaceAll('""', '"') : text.slice(at, stop)).replace(/\s+/g, ' ').trim())
    at = stop + 1
  }
  return cells
}

/** Numbers before the lines are taken off where every line has the next one: “3. vidusskola” alone is a name. */
function withoutNumbering(lines: PastedLine[]): PastedLine[] {
  const number = /^(\d{1,3})[.)]\s+(?=\S)/
  const numbered =
    lines.length > 1 && lines.every(({ cells }, index) => number.exec(cells[0]!)?.[1] === String(index + 1))
  return numbered
    ? lines.map((line) => ({ ...line, cells: [line.cells[0]!.replace(number, ''), ...line.cells.slice(1)] }))
    : lines
}
