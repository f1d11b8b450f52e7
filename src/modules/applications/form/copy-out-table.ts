import { formatMoney, formatNumber, formatPercent } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'

/** How the cells of a column are written: money in whole cents, a share between 0 and 1. */
export type CopyOutColumn = { label: string; kind: 'text' | 'number' | 'money' | 'share' }

/** A cell; '' where there is nothing. */
export type CopyOutCell = string | number

/** A table that is copied as a whole. */
export type CopyOutTable = {
  path: string
  title: string
  columns: CopyOutColumn[]
  rows: CopyOutCell[][]
}

/** A cell as people read it. */
export function shownCell(cell: CopyOutCell, { kind }: CopyOutColumn, language: Language): string {
  if (typeof cell === 'string') return cell
  if (kind === 'money') return formatMoney(cell, language)
  return kind === 'share' ? formatPercent(cell, language) : formatNumber(cell, language)
}

/**
 * A table with tabs between its cells, to be pasted into a spreadsheet or a form: figures without spaces or currency,
 * with the decimal sign of the language. A text that a spreadsheet would compute gets an apostrophe before it.
 */
export function pastable({ columns, rows }: CopyOutTable, language: Language): string {
  const lines = [
    columns.map(({ label }) => safe(label)),
    ...rows.map((row) => row.map((cell, at) => pastableCell(cell, columns[at]!, language)))
  ]
  return lines.map((line) => line.join('\t')).join('\n')
}

function pastableCell(cell: CopyOutCell, { kind }: CopyOutColumn, language: Language): string {
  if (typeof cell === 'string') return safe(cell)
  const plain = kind === 'money' ? euros(cell) : kind === 'share' ? `${perCent(cell)}%` : String(cell)
  return language === 'lv' ? plain.replace('.', ',') : plain
}

function safe(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return /^[=+\-@]/.test(line) ? `'${line}` : line
}

function euros(cents: number): string {
  return (cents / 100).toFixed(2).replace(/\.00$/, '')
}

function perCent(share: number): number {
  return Math.round(share * 1000) / 10 // not of a guide: tenths of a per cent
}
