import { columnName, quotedSheet } from '#shared/spreadsheets/write-xlsx.ts'
import type { Part } from './budget.ts'
import type { BudgetLine } from './budget-line.ts'
import type { SheetField, SheetLayout } from './sheet-columns.ts'
import type { Stages } from './sheet-stages.ts'

/** What a row of the sheet of limits is about; its words are texts applications-budget.sheet.limit.<kind>. */
export type LimitKind =
  'own' | 'year' | 'month' | 'project' | 'percent' | 'share' | 'ceiling' | 'lump-sum' | 'all'

/** A sum as it was computed, in whole cents, and the formula that computes it anew, in euros. */
export type LiveSum = { formula: string; cents: number }

/** A limit: what was asked, what is left of it. */
export type LimitRow = {
  kind: LimitKind
  /** The category that is held to it; left out: all. */
  category?: string
  year?: number
  /** Left out where the limit is none of a sum. */
  most?: LiveSum
  asked: LiveSum
  kept: LiveSum
}

/** Columns of the sheet of limits, from 0. */
export const limitColumns = {
  category: 0,
  kind: 1,
  year: 2,
  most: 3,
  asked: 4,
  kept: 5,
  refused: 6,
  share: 7
}

/** A line with its sums; `simple` when it is paid in the category that it stands in. */
export type StagedLine = Stages & { line: BudgetLine; parts: readonly Part[]; simple: boolean }

/** Names of the two sheets, the columns of the lines, and the last row of them that is counted. */
export type SheetNames = { lines: string; limits: string; layout: SheetLayout; last: number }

/** The rows of the sheet of limits while they are gathered, and how formulas name what stands in both sheets. */
export class LimitRows {
  readonly all: LimitRow[] = []
  readonly #names: SheetNames

  constructor(names: SheetNames) {
    this.#names = names
  }

  /** Adds a row, and tells its place. What is kept is what was asked, at most the limit, unless it is said. */
  add(row: Omit<LimitRow, 'kept'> & { kept?: LiveSum }): number {
    const at = this.all.length
    const least = (most: LiveSum): LiveSum => ({
      formula: `MIN(${this.cell(at, 'most')},${this.cell(at, 'asked')})`,
      cents: Math.min(most.cents, row.asked.cents)
    })
    this.all.push({ ...row, kept: row.kept ?? least(row.most!) })
    return at
  }

  /** A cell of a row, for formulas of the same sheet. */
  cell(row: number, column: keyof typeof limitColumns): string {
    return `$${columnName(limitColumns[column])}$${row + 2}`
  }

  /** What a row leaves of what was asked, for formulas of the lines. */
  share(row: number): string {
    return `${quotedSheet(this.#names.limits)}!${this.cell(row, 'share')}`
  }

  get layout(): SheetLayout {
    return this.#names.layout
  }

  /** A field of all lines, of those that every sheet has. */
  field(field: Extract<SheetField, 'category' | 'year'>): string {
    return this.column(this.layout.columnOf(field)!)
  }

  /** A column of the lines, with the room below them. */
  column(column: number): string {
    const letter = columnName(column)
    return `${quotedSheet(this.#names.lines)}!$${letter}$2:$${letter}$${this.#names.last}`
  }
}

export function sumOfStage(lines: readonly StagedLine[], stage: keyof Omit<Stages, 'fixed'>): number {
  return lines.reduce((all, one) => all + one[stage], 0)
}
