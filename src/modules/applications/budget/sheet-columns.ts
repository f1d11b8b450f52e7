import type { BudgetRules } from '#modules/programmes'
import { cellAddress } from '#shared/spreadsheets/write-xlsx.ts'
import { asksOf, peopleKinds, plannable, staffKinds } from './budget-line.ts'
import type { BudgetDraft } from './budget.ts'
import { inWorkPackages } from './compute-budget.ts'

/** The columns that the spreadsheet of a budget may have, in their order; which of them it has: sheetLayout. */
export const sheetColumns = [
  { name: 'category', kind: 'text', width: 34 },
  { name: 'participant', kind: 'text', width: 30 },
  { name: 'title', kind: 'text', width: 36 },
  { name: 'workPackage', kind: 'text', width: 24 },
  { name: 'year', kind: 'number', width: 7 },
  { name: 'months', kind: 'number', width: 9 },
  { name: 'days', kind: 'number', width: 9 },
  { name: 'people', kind: 'number', width: 9 },
  { name: 'times', kind: 'number', width: 9 },
  { name: 'staff', kind: 'text', width: 24 },
  { name: 'kind', kind: 'text', width: 24 },
  { name: 'travel', kind: 'text', width: 16 },
  { name: 'from', kind: 'text', width: 18 },
  { name: 'to', kind: 'text', width: 18 },
  { name: 'km', kind: 'number', width: 9 },
  { name: 'kmReason', kind: 'text', width: 24 },
  { name: 'age', kind: 'number', width: 9 },
  { name: 'cents', kind: 'number', width: 14 },
  { name: 'justification', kind: 'text', width: 40 }
] as const
export type SheetField = (typeof sheetColumns)[number]['name']

/** The spreadsheet of one budget: the fields that it has, and behind them what is computed. Columns count from 0. */
export type SheetLayout = {
  columns: readonly SheetColumnShown[]
  /** Where a field stands; undefined where the sheet has no such column. */
  columnOf(field: SheetField): number | undefined
  /** A field of a row, from 0, for formulas: one that the sheet does not have is an empty text. */
  cell(field: SheetField, row: number): string
  /** What a line costs, its sums on the way to the grant, and what is not granted. */
  planned: number
  payable: number
  inCategory: number
  granted: number
  refused: number
}

/** `label`: its text is applications-budget.column.<label>. */
export type SheetColumnShown = { name: SheetField; label: SheetField | 'share'; width: number }

/** The columns that the categories of the action ask for, and those that a line fills all the same. */
export function sheetLayout(
  rules: BudgetRules,
  { lines, workPackages }: Pick<BudgetDraft, 'lines' | 'workPackages'>
): SheetLayout {
  const categories = plannable(rules)
  const asked = new Set<string>(['category', 'participant', 'title', 'year'])
  for (const category of categories.length > 0 ? categories : [undefined]) {
    const { needs, may } = asksOf(rules, category)
    for (const name of [...needs, ...may]) asked.add(name)
    if (needs.includes('km')) for (const name of ['from', 'to', 'kmReason']) asked.add(name)
    if (category && category.justify.length > 0) asked.add('justification')
  }
  if (workPackages.length > 0 || inWorkPackages(rules)) asked.add('workPackage')
  const isFilled = (name: SheetField) => lines.some((line) => line[name] !== undefined && line[name] !== '')
  const onlyShares = categories.length > 0 && categories.every(({ basis }) => basis === 'share-of-lump-sum')
  const columns = sheetColumns
    .filter(({ name }) => asked.has(name) || isFilled(name))
    .map(
      ({ name, width }) => ({ name, width, label: name === 'cents' && onlyShares ? 'share' : name }) as const
    )
  const columnOf = (field: SheetField) => {
    const at = columns.findIndex(({ name }) => name === field)
    return at < 0 ? undefined : at
  }
  const planned = columns.length
  return {
    ...{ columns, columnOf, planned },
    cell: (field, row) => {
      const at = columnOf(field)
      return at === undefined ? '""' : cellAddress(at, row)
    },
    ...{ payable: planned + 1, inCategory: planned + 2, granted: planned + 3, refused: planned + 4 }
  }
}

/** The values that words of a choice stand for. */
export const wordsOf = { staff: staffKinds, kind: peopleKinds, travel: ['standard', 'green'] } as const
