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
import { anyCosts, quantities, type BudgetLine } from './budget-line.ts'
import { lineFormula } from './line-formula.ts'
import { payableFormula } from './payable-formula.ts'
import { type SheetField, type SheetLayout, sheetLayout } from './sheet-columns.ts'
import { limitColumns, type LimitRow } from './limit-rows.ts'
import { lumpSumOf, sheetLimits, type SheetLimits } from './sheet-limits.ts'
import { stagesOf } from './sheet-stages.ts'
import { totalsBy, type View } from './views.ts'

/** Rows below the last line that totals still count, for lines that somebody adds there. */
const roomBelow = 1000 // not of a guide: rows

/**
 * The budget as a spreadsheet whose formulas live: what a line costs follows from its quantities, what is granted of
 * it from its rules and from the limits of the second sheet, and the totals by participant, year, work package and
 * category from the lines.
 */
export function budgetSheet(at: BudgetAtWork, language: Language): Uint8Array {
  const t = texts(language)
  const layout = sheetLayout(at.rules, at.draft)
  const names = {
    lines: t('applications-budget.sheet.name.lines'),
    limits: t('applications-budget.sheet.name.limits'),
    layout,
    last: at.draft.lines.length + 1 + roomBelow
  }
  const nameOf = (category: string) => shownName(at, 'category', category, language)
  const limits = sheetLimits({ ...at, names, nameOf })
  const lines = linesSheet(at, { layout, limits }, language)
  const summary = (view: View, name: string, field: SheetField) =>
    totalsSheet(at, { view, name, field, lines, layout }, language)
  return writeXlsx([
    lines,
    limitsSheet(limits.rows, { nameOf, layout }, language),
    summary('participant', t('applications-budget.sheet.name.participants'), 'participant'),
    summary('year', t('applications-budget.sheet.name.years'), 'year'),
    ...(layout.columnOf('workPackage') === undefined
      ? []
      : [summary('work-package', t('applications-budget.sheet.name.packages'), 'workPackage')]),
    summary('category', t('applications-budget.sheet.name.categories'), 'category')
  ])
}

function linesSheet(
  at: BudgetAtWork,
  { layout, limits }: { layout: SheetLayout; limits: SheetLimits },
  language: Language
): XlsxSheet {
  const t = texts(language)
  const lumpSum = lumpSumOf(at.rules, at.draft)
  const headings = layout.columns.map(({ label }) => t(`applications-budget.column.${label}`))
  const rows = at.draft.lines.map((line, index): XlsxCell[] => {
    const row = index + 1
    const parts = at.budget.parts.filter((part) => part.line.id === line.id)
    const sums = stagesOf(at.rules, line, parts, lumpSum)
    const granted = limits.granted(line.id)
    return [
      ...layout.columns.map(({ name }) => cellOf(at, line, name, language)),
      { formula: lineFormula(at.rules, parts, layout, row), result: sums.planned / 100 },
      { formula: payableFormula(at.rules, line, parts, sums, { layout, row }), result: sums.payable / 100 },
      {
        formula: heldFormula(limits.inCategory(line.id, row), layout.payable, row),
        result: sums.inCategory / 100
      },
      granted === undefined
        ? { money: sums.granted / 100 }
        : { formula: heldFormula(granted, layout.inCategory, row), result: sums.granted / 100 },
      {
        formula: `${cellAddress(layout.planned, row)}-${cellAddress(layout.granted, row)}`,
        result: (sums.planned - sums.granted) / 100
      },
      line.id
    ]
  })
  return {
    name: t('applications-budget.sheet.name.lines'),
    headings: [
      ...headings,
      t('applications-budget.sheet.formula'),
      t('applications-budget.sheet.payable'),
      t('applications-budget.sheet.in-category'),
      t('applications-budget.sheet.granted'),
      t('applications-budget.sheet.refused'),
      t('applications-budget.sheet.id')
    ],
    rows,
    widths: [...layout.columns.map(({ width }) => width), 16, 16, 16, 16, 16, 12]
  }
}

/**
 * What a line keeps of a column when all that is there is held to a share: cents are rounded over the lines above, so
 * that they add up to what is kept of all.
 */
function heldFormula(share: string, column: number, row: number): string {
  const own = cellAddress(column, row)
  if (share === '') return own
  const above = `SUM(${columnName(column)}$2:${own})`
  return `ROUND(${share}*${above},2)-ROUND(${share}*(${above}-${own}),2)`
}

/** Every limit of a sum: what was asked, what is kept of it and what is refused, as the lines stand. */
function limitsSheet(
  limits: readonly LimitRow[],
  { nameOf, layout }: { nameOf: (category: string) => string; layout: SheetLayout },
  language: Language
): XlsxSheet {
  const t = texts(language)
  const rows = limits.map(({ kind, category, year, most, asked, kept }, index): XlsxCell[] => {
    const cell = (column: keyof typeof limitColumns) => cellAddress(limitColumns[column], index + 1)
    const [before, after] = [asked.cents / 100, kept.cents / 100]
    return [
      category === undefined ? undefined : nameOf(category),
      t(`applications-budget.sheet.limit.${kind}`),
      year,
      most && { formula: most.formula, result: most.cents / 100 },
      { formula: asked.formula, result: before },
      { formula: kept.formula, result: after },
      { formula: `${cell('asked')}-${cell('kept')}`, result: (asked.cents - kept.cents) / 100 },
      {
        formula: `IF(${cell('asked')}>0,${cell('kept')}/${cell('asked')},1)`,
        result: before > 0 ? after / before : 1
      }
    ]
  })
  return {
    name: t('applications-budget.sheet.name.limits'),
    headings: [
      t('applications-budget.column.category'),
      t('applications-budget.sheet.limit'),
      t('applications-budget.column.year'),
      t('applications-budget.sheet.limit.most'),
      t('applications-budget.sheet.limit.asked'),
      t('applications-budget.sheet.limit.kept'),
      t('applications-budget.sheet.refused'),
      t('applications-budget.sheet.limit.kept-share')
    ],
    rows: [
      ...rows,
      [],
      [t('applications-budget.sheet.limit.note')],
      // Of mere amounts all recomputes.
      ...(quantities.some((name) => name !== 'cents' && layout.columnOf(name) !== undefined)
        ? [[t('applications-budget.sheet.limit.note-fixed')]]
        : [])
    ],
    widths: [40, 44, 7, 16, 16, 16, 16, 12]
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

type Summary = { view: View; name: string; field: SheetField; lines: XlsxSheet; layout: SheetLayout }

/** The totals of a view, each the sum of the lines that name it. */
function totalsSheet(
  at: BudgetAtWork,
  { view, name, field, lines, layout }: Summary,
  language: Language
): XlsxSheet {
  const t = texts(language)
  const last = lines.rows.length + roomBelow
  const range = (column: number) => {
    const letter = columnName(column)
    return `${quotedSheet(lines.name)}!$${letter}$2:$${letter}$${last}`
  }
  // Compared, not looked for: a name may hold a sign that a search would take for a wish.
  const sum = (column: number, wanted: string) =>
    `SUMPRODUCT((${range(layout.columnOf(field)!)}=${wanted})*${range(column)})`
  const rows = linesBy(at, view, field, language).map(({ label, named, cost, grant }, index): XlsxCell[] => {
    const wanted = named ? cellAddress(0, index + 1) : '""'
    return [
      label,
      { formula: sum(layout.planned, wanted), result: cost / 100 },
      { formula: sum(layout.granted, wanted), result: grant / 100 }
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
      t('applications-budget.sheet.granted')
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
