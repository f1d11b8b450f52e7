import {
  cellAddress,
  columnName,
  quotedSheet,
  writeXlsx,
  type XlsxCell,
  type XlsxSheet
} from '#shared/spreadsheets/write-xlsx.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import { anyCosts, type BudgetLine } from './budget-line.ts'
import { lineFormula } from './line-formula.ts'
import { columnOf, grantedColumn, plannedColumn, sheetColumns, type SheetField } from './sheet-columns.ts'
import { totalsBy, type View } from './views.ts'

/** Rows below the last line that totals still count, for lines that somebody adds there. */
const roomBelow = 1000 // not of a guide: rows

/**
 * The budget as a spreadsheet whose formulas live: what a line costs follows from its quantities, and the totals by
 * participant, year, work package and category from the lines.
 */
export function budgetSheet(at: BudgetAtWork, language: Language): Uint8Array {
  const t = texts(language)
  const lines = linesSheet(at, language)
  const summary = (view: View, name: string, field: SheetField) =>
    totalsSheet(at, { view, name, field, lines }, language)
  return writeXlsx([
    lines,
    summary('participant', t('applications-budget.sheet.name.participants'), 'participant'),
    summary('year', t('applications-budget.sheet.name.years'), 'year'),
    summary('work-package', t('applications-budget.sheet.name.packages'), 'workPackage'),
    summary('category', t('applications-budget.sheet.name.categories'), 'category')
  ])
}

function linesSheet(at: BudgetAtWork, language: Language): XlsxSheet {
  const t = texts(language)
  const headings = sheetColumns.map(({ name }) => t(`applications-budget.column.${name}`))
  const rows = at.draft.lines.map((line, index): XlsxCell[] => {
    const parts = at.budget.parts.filter((part) => part.line.id === line.id)
    const sum = (of: 'cost' | 'grant') => parts.reduce((all, part) => all + part[of], 0) / 100
    return [
      ...sheetColumns.map(({ name }) => cellOf(at, line, name, language)),
      { formula: lineFormula(at.rules, parts, index + 1), result: sum('cost') },
      { money: sum('grant') },
      line.id
    ]
  })
  return {
    name: t('applications-budget.sheet.name.lines'),
    headings: [
      ...headings,
      t('applications-budget.sheet.formula'),
      t('applications-budget.sheet.granted-now'),
      t('applications-budget.sheet.id')
    ],
    rows,
    widths: [...sheetColumns.map(({ width }) => width), 16, 16, 12]
  }
}

function cellOf(at: BudgetAtWork, line: BudgetLine, name: SheetField, language: Language): XlsxCell {
  const value = line[name]
  if (name === 'category' || name === 'participant' || name === 'workPackage') {
    return value === undefined ? undefined : shownName(at, name, String(value), language)
  }
  if (value === undefined) return undefined
  if (name === 'cents') return { money: Number(value) / 100 }
  const t = texts(language)
  if (name === 'staff') return t(`applications-budget.staff.${line.staff!}`)
  if (name === 'kind') return t(`applications-budget.kind.${line.kind!}`)
  return name === 'travel' ? t(`applications-budget.travel.${line.travel!}`) : value
}

/** What people call a category, a participant or a work package. */
export function shownName(
  { rules, draft }: Pick<BudgetAtWork, 'rules' | 'draft'>,
  what: 'category' | 'participant' | 'workPackage',
  id: string,
  language: Language
): string {
  if (what === 'participant') return draft.participants.find((one) => one.id === id)?.name ?? id
  if (what === 'workPackage') return draft.workPackages.find((one) => one.id === id)?.title || id
  if (id === anyCosts) return texts(language)('applications-budget.lines.costs')
  return rules.categories.find((one) => one.id === id)?.names[language] ?? id
}

type Summary = { view: View; name: string; field: SheetField; lines: XlsxSheet }

/** The totals of a view, each the sum of the lines that name it. */
function totalsSheet(at: BudgetAtWork, { view, name, field, lines }: Summary, language: Language): XlsxSheet {
  const t = texts(language)
  const last = lines.rows.length + roomBelow
  const range = (column: number) => {
    const letter = columnName(column)
    return `${quotedSheet(lines.name)}!$${letter}$2:$${letter}$${last}`
  }
  // Compared, not looked for: a name may hold a sign that a search would take for a wish.
  const sum = (column: number, wanted: string) =>
    `SUMPRODUCT((${range(columnOf(field))}=${wanted})*${range(column)})`
  const rows = linesBy(at, view, field, language).map(({ label, named, cost, grant }, index): XlsxCell[] => {
    const wanted = named ? cellAddress(0, index + 1) : '""'
    return [
      label,
      { formula: sum(plannedColumn, wanted), result: cost / 100 },
      { formula: sum(grantedColumn, wanted), result: grant / 100 }
    ]
  })
  const total = (column: number, cents: number): XlsxCell => ({
    formula: rows.length === 0 ? '0' : `SUM(${cellAddress(column, 1)}:${cellAddress(column, rows.length)})`,
    result: cents / 100
  })
  return {
    name,
    headings: [
      t(`applications-budget.view.${view}`),
      t('applications-budget.sheet.formula'),
      t('applications-budget.sheet.granted-now')
    ],
    rows: [
      ...rows,
      [t('applications-budget.lines.sum'), total(1, at.budget.cost), total(2, at.budget.grant)]
    ],
    widths: [40, 18, 18]
  }
}

type Named = { label: string | number; named: boolean; cost: number; grant: number }

/** Totals under the names that stand in the lines: a mobility counts as what it is called there, not as its parts. */
function linesBy(at: BudgetAtWork, view: View, field: SheetField, language: Language): Named[] {
  const parts = at.budget.parts.map((part) => ({ ...part, category: part.line.category }))
  const totals = totalsBy({ ...at.budget, parts }, view)
  const byLabel = new Map<string | number, Named>()
  for (const { key, cost, grant } of totals) {
    const label = key === undefined ? texts(language)('applications-budget.view.none') : labelOf(key)
    const before = byLabel.get(label)
    byLabel.set(label, {
      label,
      named: key !== undefined,
      cost: cost + (before?.cost ?? 0),
      grant: grant + (before?.grant ?? 0)
    })
  }
  return [...byLabel.values()]

  function labelOf(key: string): string | number {
    if (field === 'year') return Number(key)
    return shownName(at, field as 'category', key, language)
  }
}
