import { type Cell, cleanCell, shownCell } from './cells.ts'
import type { SheetProblem } from './sheet-problem.ts'

/** A column to be read. */
export type SheetColumn<Name extends string = string> = {
  /** The field it becomes. */
  name: Name
  /** The headings it may have; the first is the one people are told of. */
  headings: readonly [string, ...string[]]
  /** text: one line. date: a day as YYYY-MM-DD. number: a number. */
  kind: 'text' | 'date' | 'number'
  /** Whether the column may be missing, a cell may be empty, or neither. */
  may: 'be-missing' | 'be-empty' | 'be-neither'
  /** Of a text; 500 when not said. */
  mostCharacters?: number
}

/** Where the columns stand. */
export type FoundColumns<Name extends string = string> = {
  /** Index of the row with the headings. */
  headingRow: number
  columns: { column: SheetColumn<Name>; at: number; heading: string }[]
  otherHeadings: string[]
}

const mostRowsAbove = 20

/** Finds the row with the headings, and which column stands where. */
export function findColumns<Name extends string>(
  rows: Cell[][],
  wanted: readonly SheetColumn<Name>[]
): FoundColumns<Name> | SheetProblem {
  const tops = rows.slice(0, mostRowsAbove)
  const matches = tops.map(
    (row) => row.filter((cell) => wanted.some((column) => isHeading(cell, column))).length
  )
  const best = Math.max(0, ...matches)
  const filled = tops.findIndex((row) => row.some((cell) => cell !== undefined))
  if (filled < 0) return { problem: 'empty' }
  const headingRow = best > 0 ? matches.indexOf(best) : filled
  const headings = tops[headingRow]!
  const columns: FoundColumns<Name>['columns'] = []
  for (const column of wanted) {
    const places = headings.flatMap((cell, at) => (isHeading(cell, column) ? [at] : []))
    if (places.length > 1) return { problem: 'column-twice', heading: shownCell(headings[places[1]!]) }
    if (places[0] !== undefined)
      columns.push({ column, at: places[0], heading: shownCell(headings[places[0]]) })
  }
  const found = new Set(columns.map(({ at }) => at))
  const otherHeadings = headings.filter((cell, at) => cell !== undefined && !found.has(at)).map(shownCell)
  const missing = wanted.filter(
    (column) => column.may !== 'be-missing' && !columns.some((each) => each.column === column)
  )
  if (missing.length > 0) {
    return { problem: 'columns', missing: missing.map(({ headings: [name] }) => name), found: otherHeadings }
  }
  return { headingRow, columns, otherHeadings }
}

function isHeading(cell: Cell, column: SheetColumn): boolean {
  return typeof cell === 'string' && column.headings.some((heading) => folded(heading) === folded(cell))
}

/** Headings are the same in any case, with and without accents, and whatever stands between their words. */
function folded(heading: string): string {
  return cleanCell(heading.slice(0, 200))
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
