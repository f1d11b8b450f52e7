import { type Cell, type Grid, type SheetLimits, usualLimits } from './cells.ts'
import { type FoundColumns, type SheetColumn, findColumns } from './columns.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { type SheetRow, readRow } from './read-row.ts'
import type { CellProblem, SheetProblem } from './sheet-problem.ts'

/** A spreadsheet as asked for. */
export type Sheet<Name extends string> = {
  /** Every row below the headings in which anything stands. */
  rows: SheetRow<Name>[]
  /** Wrong cells, row by row; the rows they stand in are in `rows`, without them. */
  problems: CellProblem[]
  /** The columns that were found, with their headings as they stand. */
  headings: { name: Name; heading: string }[]
  /** Headings that nobody asked for. */
  otherHeadings: string[]
}

/**
 * Reads a spreadsheet, XLSX or CSV, whatever its name says.
 *
 * Headings are looked for in the first 20 rows, in any order and spelling of case, accents and blanks. A file that
 * is no spreadsheet, packs a bomb, holds macros or lacks a column is refused as a value; nothing is ever thrown
 * because of what a file holds.
 */
export async function readSheet<const Name extends string>(
  bytes: Uint8Array,
  options: { columns: readonly SheetColumn<Name>[]; limits?: Partial<SheetLimits> }
): Promise<{ sheet: Sheet<Name> } | SheetProblem> {
  const limits = { ...usualLimits, ...options.limits }
  const grids = await gridsOf(bytes, limits)
  if ('problem' in grids) return grids
  let first: SheetProblem | undefined
  for (const grid of grids) {
    const found = findColumns(grid.rows, options.columns)
    if (!('problem' in found)) return { sheet: rowsBelow(grid.rows, found) }
    // The sheet that comes nearest is the one that was meant.
    if (!first || missing(found) < missing(first)) first = found
  }
  return first ?? { problem: 'empty' }
}

async function gridsOf(bytes: Uint8Array, limits: SheetLimits): Promise<Grid[] | SheetProblem> {
  if (bytes.length === 0) return { problem: 'empty' }
  if (bytes.length > limits.bytes) return { problem: 'too-big', limit: limits.bytes / 1e6 }
  const starts = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
  if (starts(0x50, 0x4b)) return readXlsx(bytes, limits)
  // Compound files: Excel before 2007, and newer ones behind a password.
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return { problem: 'old-excel' }
  const grid = readCsv(bytes, limits)
  return 'problem' in grid ? grid : [grid]
}

function rowsBelow<Name extends string>(rows: Cell[][], found: FoundColumns<Name>): Sheet<Name> {
  const headings = found.columns.map(({ column, heading }) => ({ name: column.name, heading }))
  const sheet: Sheet<Name> = { rows: [], problems: [], headings, otherHeadings: found.otherHeadings }
  for (let at = found.headingRow + 1; at < rows.length; at++) {
    const cells = rows[at]!
    if (cells.every((cell) => cell === undefined)) continue
    const read = readRow(at + 1, cells, found.columns)
    sheet.rows.push(read.row)
    sheet.problems.push(...read.problems)
  }
  return sheet
}

function missing(problem: SheetProblem): number {
  return problem.problem === 'columns' ? problem.missing.length : Infinity
}
