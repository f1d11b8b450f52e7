import type { TypedLine } from './typed-line.ts'

/** Most lines that are pasted at once: each is saved by itself. More than that is an import. */
export const mostPasted = 200 // not of a guide: lines

/** How many lines were copied out of a spreadsheet, counted without reading them. */
export function linesIn(text: string): number {
  return text.trimEnd().split(/\r\n?|\n/).length
}

/** Cells copied out of a spreadsheet: rows of texts. A cell with tabs or line ends in it stands in quotes. */
export function pastedCells(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y
  for (let at = 0; at <= text.length;) {
    cell.lastIndex = at
    const found = cell.exec(text)!
    rows.at(-1)!.push(tidy(found[1]?.replace(/""/g, '"') ?? found[2] ?? ''))
    at = cell.lastIndex
    const end = /\t|\r\n|\r|\n/y
    end.lastIndex = at
    const mark = end.exec(text)?.[0]
    if (mark === undefined) break
    if (mark !== '\t') rows.push([])
    at += mark.length
  }
  const last = rows.at(-1)!
  if (rows.length > 1 && last.length === 1 && last[0] === '') rows.pop()
  return rows
}

/** What was pasted into one cell, spread over the fields from there on; words of choices become their values. */
export function spreadCells(
  rows: string[][],
  fields: readonly string[],
  first: string,
  valueOf: (field: string, text: string) => string
): TypedLine[] {
  const start = Math.max(0, fields.indexOf(first))
  return rows.map((cells) =>
    Object.fromEntries(
      cells.slice(0, fields.length - start).map((text, at) => {
        const field = fields[start + at]!
        return [field, valueOf(field, text)]
      })
    )
  )
}

/** A formula stays what is written there, never more than a text; invisible marks go. */
function tidy(text: string): string {
  return text.replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim()
}
