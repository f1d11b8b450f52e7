import { staffKinds, peopleKinds } from './budget-line.ts'

/** The columns of the spreadsheet of a budget, in their order. `text` columns are read back, `computed` ones are not. */
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

/** Where a field stands, from 0. */
export function columnOf(name: SheetField): number {
  return sheetColumns.findIndex((column) => column.name === name)
}

/** Behind the fields, computed: what a line costs, its sums on the way to the grant, and what is not granted. */
export const plannedColumn = sheetColumns.length
export const payableColumn = plannedColumn + 1
export const inCategoryColumn = plannedColumn + 2
export const grantedColumn = plannedColumn + 3
export const refusedColumn = plannedColumn + 4

/** The values that words of a choice stand for. */
export const wordsOf = { staff: staffKinds, kind: peopleKinds, travel: ['standard', 'green'] } as const
