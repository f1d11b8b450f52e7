/** What stands in a cell: text without blanks around it, a number, a calendar day at midnight UTC, or nothing. */
export type Cell = string | number | boolean | Date | undefined

/** A cell whose formula could not be computed shows this and no value. */
export const formulaError = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/

/** One sheet as it stands: `rows[0]` is row 1. Rows and cells beyond the last filled one are left out. */
export type Grid = { name: string; rows: Cell[][] }

/** How much of a spreadsheet is read at most. */
export type SheetLimits = {
  /** Of the file as it is sent. */
  bytes: number
  /** Of all parts that are read, unpacked. */
  unpackedBytes: number
  rows: number
  columns: number
  /** Rows times columns, empty ones too. */
  cells: number
  /** Until a spreadsheet that keeps the reader busy is given up. */
  milliseconds: number
}

export const usualLimits: SheetLimits = {
  bytes: 10_000_000,
  unpackedBytes: 100_000_000,
  rows: 50_000,
  columns: 500,
  cells: 3_000_000,
  milliseconds: 20_000 // not of a guide: milliseconds
}

/** A cell as it may be shown in a sentence: one line, at most 60 characters. */
export function shownCell(cell: Cell): string {
  if (cell === undefined) return ''
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
  const line = cleanCell(text.slice(0, 300))
  return [...line].length <= 60 ? line : `${[...line].slice(0, 59).join('').trimEnd()}…`
}

/** One line without marks nobody sees (control characters, bidirectional overrides, zero-width spaces). */
export function cleanCell(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .trim()
    .normalize('NFC')
}
