import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { PlannedCost } from './budget-line.ts'

/** What is planned, without who spends it: that has a column of its own. */
export type LineContent = Omit<PlannedCost, 'participant'>

type Moment = ColumnType<Temporal.Instant, string | undefined, string>

export type BudgetLineTable = {
  application: string
  id: string
  place: GeneratedAlways<string>
  participant: string
  content: ColumnType<LineContent, string, string>
  version: number
  digest: Buffer
  changed_by: string
  changed_at: Moment
  removed_at: ColumnType<Temporal.Instant | null, string | null | undefined, string | null>
}

/** How a line came to be what it is: typed on the page or by a machine, or taken from a spreadsheet. */
export type HowSaved = 'typed' | 'imported'

export type BudgetChangeTable = {
  application: string
  line: string
  version: number
  participant: string
  content: ColumnType<LineContent | null, string | null, string | null>
  how: HowSaved
  saved_by: string
  saved_at: Moment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.budget_line': BudgetLineTable
    'applications.budget_change': BudgetChangeTable
  }
}
