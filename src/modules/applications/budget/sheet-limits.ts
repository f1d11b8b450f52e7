import type { BudgetLimit, BudgetRules, CategoryRule } from '#modules/programmes'
import { columnName, quotedSheet } from '#shared/spreadsheets/write-xlsx.ts'
import type { Budget, BudgetDraft } from './budget.ts'
import { hasOwnShare, isOutside, tightest } from './grant-limits.ts'
import { columnOf, grantedColumn, inCategoryColumn, payableColumn, plannedColumn } from './sheet-columns.ts'
import { isSumLimit, paidWhereItStands, stagesOf, type Stages } from './sheet-stages.ts'
import { percentOf } from './spread.ts'

/** What a row of the sheet of limits is about; its words are texts applications-budget.sheet.limit.<kind>. */
export type LimitKind =
  'own' | 'year' | 'month' | 'project' | 'percent' | 'share' | 'ceiling' | 'lump-sum' | 'all'

/** A limit: what was asked, what is left of it. Formulas are those of its row; sums as they were computed, in cents. */
export type LimitRow = {
  kind: LimitKind
  /** The category that is held to it; left out: all. */
  category?: string
  year?: number
  /** In euros, as a formula; left out where the limit is none of a sum. */
  most?: { formula: string; cents: number }
  asked: { formula: string; cents: number }
  kept: { formula: string; cents: number }
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

/** The limits of a budget as rows, and which of them hold a line. */
export type SheetLimits = {
  rows: LimitRow[]
  /** What a line keeps of what is payable, and then of the whole, as products of cells; '' where it keeps all. */
  inCategory(line: string, row: number): string
  /** Undefined where the grant does not recompute. */
  granted(line: string): string | undefined
}

type Asked = {
  rules: BudgetRules
  draft: BudgetDraft
  budget: Budget
  /** Names of the two sheets, and the last row of lines that is counted. */
  names: { lines: string; limits: string; last: number }
  /** What a category is called in the sheet. */
  nameOf: (category: string) => string
}

/** The limits that hold sums of a budget: of a category, then of the whole. */
export function sheetLimits(asked: Asked): SheetLimits {
  const { rules, draft, budget, names } = asked
  const lumpSum = lumpSumOf(rules, draft)
  const lines = draft.lines.map((line) => {
    const parts = budget.parts.filter((part) => part.line.id === line.id)
    return { line, simple: paidWhereItStands(line, parts), ...stagesOf(rules, line, parts, lumpSum) }
  })
  type Line = (typeof lines)[number]
  const sum = (of: readonly Line[], stage: keyof Omit<Stages, 'fixed'>) =>
    of.reduce((all, one) => all + one[stage], 0)
  const range = (column: number) =>
    `${quotedSheet(names.lines)}!$${columnName(column)}$2:$${columnName(column)}$${names.last}`
  const rows: LimitRow[] = []
  const cell = (row: number, column: keyof typeof limitColumns) =>
    `$${columnName(limitColumns[column])}$${row + 2}`
  const share = (row: number) => `${quotedSheet(names.limits)}!${cell(row, 'share')}`
  const add = (row: Omit<LimitRow, 'kept'> & { kept?: LimitRow['kept'] }): number => {
    const at = rows.length
    const kept = row.kept ?? {
      formula: `MIN(${cell(at, 'most')},${cell(at, 'asked')})`,
      cents: Math.min(row.most!.cents, row.asked.cents)
    }
    rows.push({ ...row, kept })
    return at
  }

  add({
    kind: 'own',
    asked: { formula: `SUM(${range(plannedColumn)})`, cents: sum(lines, 'planned') },
    kept: { formula: `SUM(${range(payableColumn)})`, cents: sum(lines, 'payable') }
  })

  const held = new Map<string, { row: number; year?: number }[][]>()
  for (const category of rules.categories) {
    const own = lines.filter(({ line, simple }) => simple && line.category === category.id)
    if (own.length > 0) held.set(category.id, holdCategory(category, own))
  }

  /** The years of the project, and what else a line names: somebody may move a line to any of them. */
  function yearsOf(own: readonly Line[]): number[] {
    const planned = Array.from({ length: Math.ceil((draft.months ?? 0) / 12) }, (_, at) => at + 1) // not of a guide: months of a year
    return [...new Set([...planned, ...own.map(({ line }) => line.year ?? 1)])].sort((a, b) => a - b)
  }

  /** One limit after the other: each holds what the one before it left. */
  function holdCategory(category: CategoryRule, own: readonly Line[]): { row: number; year?: number }[][] {
    const groups: { row: number; year?: number }[][] = []
    for (const limit of category.limits.filter((one) => isSumLimit(one, lumpSum))) {
      const before = groups.at(-1)
      const most = mostOf(limit, draft, lumpSum)
      if (most === undefined) continue
      const years = limit.of === 'eur-per-year' ? yearsOf(own) : [undefined]
      groups.push(
        years.map((year) => {
          const of = own.filter(({ line }) => year === undefined || (line.year ?? 1) === year)
          const at = rows.length
          const cents =
            before && year === undefined
              ? before.reduce((all, { row }) => all + rows[row]!.kept.cents, 0)
              : sum(of, 'payable')
          const named = `(${range(columnOf('category'))}=${cell(at, 'category')})`
          const inYear =
            year === undefined ? '' : `*(${yearsIn(range(columnOf('year')))}=${cell(at, 'year')})`
          const formula =
            before && year === undefined
              ? before.map(({ row }) => cell(row, 'kept')).join('+')
              : `SUMPRODUCT(${named}${inYear}*${range(payableColumn)})`
          const kind = kindOf(limit)
          return {
            row: add({ kind, category: category.id, ...(year && { year }), most, asked: { formula, cents } }),
            ...(year && { year })
          }
        })
      )
    }
    return groups
  }

  // The whole: the share of the programme, then the ceiling or the lump sum.
  const funding = rules.funding.find(({ sure }) => sure)
  const percent = funding?.model === 'lump-sum' ? undefined : funding?.ratePercent
  const everyMoney = (line: Line) => budget.parts.filter((part) => part.line.id === line.line.id)
  // What one category may take of the grant, beside a share that is paid of all: each waits for the other.
  const waits =
    percent !== undefined &&
    budget.parts.some(({ refusals }) => refusals.some(({ kind }) => kind === 'percent-of-grant'))
  const isShared = (line: Line) =>
    percent !== undefined && !everyMoney(line).some(({ category }) => hasOwnShare(rules, category))
  const isCounted = (line: Line) => !everyMoney(line).some(({ category }) => isOutside(rules, category))
  const total = (of: readonly Line[]) => {
    if (of.length === lines.length) return `SUM(${range(inCategoryColumn)})`
    const named = [...new Set(of.map(({ line }) => asked.nameOf(line.category)))].map(
      (name) => `(${range(columnOf('category'))}="${name.replaceAll('"', '""')}")`
    )
    return named.length === 0 ? '0' : `SUMPRODUCT((${named.join('+')})*${range(inCategoryColumn)})`
  }
  let shareRow: number | undefined
  const shared = lines.filter(isShared)
  if (!waits && percent !== undefined && percent !== 100 && shared.length > 0) {
    const cents = sum(shared, 'inCategory')
    const at = rows.length
    shareRow = add({
      kind: 'share',
      asked: { formula: total(shared), cents },
      kept: {
        formula: `ROUNDDOWN(ROUND(${cell(at, 'asked')}*${percent}/100,6),2)`,
        cents: percentOf(cents, percent)
      }
    })
  }
  const ceiling = funding?.model === 'lump-sum' ? undefined : tightest(rules)
  const most = ceiling?.atMost ?? lumpSum
  let ceilingRow: number | undefined
  if (!waits && most !== undefined) {
    const counted = ceiling ? lines.filter(isCounted) : lines
    const plain = counted.filter((line) => shareRow === undefined || !isShared(line))
    const cents = sum(plain, 'inCategory') + (shareRow === undefined ? 0 : rows[shareRow]!.kept.cents)
    const formula = [
      ...(plain.length > 0 ? [total(plain)] : []),
      ...(shareRow === undefined ? [] : [cell(shareRow, 'kept')])
    ].join('+')
    ceilingRow = add({
      kind: ceiling ? 'ceiling' : 'lump-sum',
      most: { formula: String(most / 100), cents: most },
      asked: { formula: formula || '0', cents }
    })
  }
  add({
    kind: 'all',
    asked: { formula: `SUM(${range(plannedColumn)})`, cents: sum(lines, 'planned') },
    kept: { formula: `SUM(${range(grantedColumn)})`, cents: sum(lines, 'granted') }
  })

  const lineOf = (id: string) => lines.find(({ line }) => line.id === id)!
  return {
    rows,
    inCategory(id, row) {
      const { line, simple } = lineOf(id)
      const year = `$${columnName(columnOf('year'))}${row + 1}`
      return (simple ? (held.get(line.category) ?? []) : [])
        .map((group) =>
          group[0]!.year === undefined
            ? share(group[0]!.row)
            : // Another year than those of the rows has a limit of its own, and nothing else in it.
              group.reduceRight(
                (other, one) => `IF(${yearsIn(year)}=${one.year},${share(one.row)},${other})`,
                '1'
              )
        )
        .join('*')
    },
    granted(id) {
      if (waits) return undefined
      const line = lineOf(id)
      return [
        ...(shareRow !== undefined && isShared(line) ? [share(shareRow)] : []),
        ...(ceilingRow !== undefined && (!ceiling || isCounted(line)) ? [share(ceilingRow)] : [])
      ].join('*')
    }
  }
}

/** The lump sum that was chosen, or the only one there is. */
export function lumpSumOf(rules: BudgetRules, draft: Pick<BudgetDraft, 'lumpSum'>): number | undefined {
  const funding = rules.funding.find(({ sure }) => sure)
  if (funding?.model !== 'lump-sum') return undefined
  const chosen = draft.lumpSum ?? (funding.lumpSums?.length === 1 ? funding.lumpSums[0] : undefined)
  return chosen !== undefined && funding.lumpSums?.includes(chosen) ? chosen : undefined
}

function mostOf(limit: BudgetLimit, draft: BudgetDraft, lumpSum: number | undefined): LimitRow['most'] {
  const most = limit.atMost!
  if (limit.of === 'percent-of-grant') {
    const formula = `ROUNDDOWN(ROUND(${lumpSum! / 100}*${most}/100,6),2)`
    return { formula, cents: percentOf(lumpSum!, most) }
  }
  if (limit.of !== 'eur-per-month') return { formula: String(most / 100), cents: most }
  if (draft.months === undefined) return undefined
  return { formula: `${most / 100}*${draft.months}`, cents: most * draft.months }
}

function kindOf({ of }: BudgetLimit): LimitKind {
  if (of === 'eur-per-year') return 'year'
  if (of === 'eur-per-month') return 'month'
  return of === 'percent-of-grant' ? 'percent' : 'project'
}

/** Years of the project; where none is given it is the first. */
export function yearsIn(cells: string): string {
  return `(${cells}+(${cells}=""))`
}
