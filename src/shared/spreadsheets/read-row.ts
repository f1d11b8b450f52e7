import { Temporal } from 'temporal-polyfill'
import { isLongerThan } from '../forms/tidy-text.ts'
import { type Cell, cleanCell, formulaError, shownCell } from './cells.ts'
import type { FoundColumns, SheetColumn } from './columns.ts'
import type { CellProblem } from './sheet-problem.ts'

/** A row; a cell that is empty or wrong is undefined. Numbers are kept as text, exactly, where text is asked for. */
export type SheetRow<Name extends string = string> = {
  /** As the spreadsheet program counts, from 1. */
  row: number
  cells: Record<Name, string | undefined>
}

type Read = { value: string | undefined } | { problem: CellProblem['problem'] }

/** Reads the cells of a row that are asked for. */
export function readRow<Name extends string>(
  row: number,
  cells: Cell[],
  columns: FoundColumns<Name>['columns']
): { row: SheetRow<Name>; problems: CellProblem[] } {
  const read = {} as Record<Name, string | undefined>
  const problems: CellProblem[] = []
  for (const { column, at, heading } of columns) {
    const cell = cells[at]
    const result = readCell(cell, column)
    read[column.name] = 'value' in result ? result.value : undefined
    if ('problem' in result) problems.push({ row, heading, problem: result.problem, found: shownCell(cell) })
  }
  return { row: { row, cells: read }, problems }
}

function readCell(cell: Cell, column: SheetColumn): Read {
  const text = typeof cell === 'string' ? cleanCell(cell) : cell
  if (text === undefined || text === '') {
    return column.may === 'be-neither' ? { problem: 'empty' } : { value: undefined }
  }
  if (typeof text === 'string' && formulaError.test(text)) return { problem: 'formula-error' }
  if (column.kind === 'date') return readDate(text)
  if (column.kind === 'number') return readNumber(text)
  const value = text instanceof Date ? text.toISOString().slice(0, 10) : String(text)
  return isLongerThan(value, column.mostCharacters ?? 500) ? { problem: 'too-long' } : { value }
}

function readDate(cell: Exclude<Cell, undefined>): Read {
  if (cell instanceof Date) {
    // A time of day is dropped: spreadsheets keep days as midnights.
    return Number.isNaN(cell.valueOf())
      ? { problem: 'not-a-date' }
      : { value: cell.toISOString().slice(0, 10) }
  }
  const text = String(cell)
  const parts =
    /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:T.*)?$/.exec(text) ??
    /^(?<day>\d\d?)[./](?<month>\d\d?)[./](?<year>\d{4})\.?$/.exec(text)
  if (!parts) return { problem: 'not-a-date' }
  const { year, month, day } = parts.groups as Record<string, string>
  try {
    const date = { year: Number(year), month: Number(month), day: Number(day) }
    return { value: Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() }
  } catch {
    return { problem: 'not-a-date' }
  }
}

function readNumber(cell: Exclude<Cell, undefined>): Read {
  const text = typeof cell === 'string' ? cell.replace(/[\s']/g, '').replace(',', '.') : String(cell)
  if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { problem: 'not-a-number' }
  return { value: text }
}
