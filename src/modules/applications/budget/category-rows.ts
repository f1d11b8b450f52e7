import type { BudgetLimit, CategoryRule } from '#modules/programmes'
import type { BudgetDraft } from './budget.ts'
import { type LimitKind, type LimitRows, type LiveSum, type StagedLine, sumOfStage } from './limit-rows.ts'
import { isSumLimit } from './sheet-stages.ts'
import { percentOf } from './spread.ts'

/** A limit of a category: its row, or one for each year. */
export type Held = { row: number; year?: number }[]

/** Holds what is payable in a category to its limits of a sum, one after the other. */
export function categoryRows(
  rows: LimitRows,
  category: CategoryRule,
  own: readonly StagedLine[],
  draft: BudgetDraft,
  lumpSum: number | undefined
): Held[] {
  const held: Held[] = []
  for (const limit of category.limits.filter((one) => isSumLimit(one, lumpSum))) {
    const most = mostOf(limit, draft, lumpSum)
    if (most === undefined) continue
    const years = limit.of === 'eur-per-year' ? yearsOf(own, draft) : [undefined]
    const before = held.at(-1)
    held.push(
      years.map((year) => {
        const asked =
          before && year === undefined ? keptOf(rows, before) : payableIn(rows, own, rows.all.length, year)
        const of = { kind: kindOf(limit), category: category.id, most, asked, ...(year && { year }) }
        return { row: rows.add(of), ...(year && { year }) }
      })
    )
  }
  return held
}

/** The share that a line of the category keeps, as a product of cells. */
export function shareOfCategory(rows: LimitRows, held: readonly Held[], yearCell: string): string {
  return held
    .map((limit) =>
      limit[0]!.year === undefined
        ? rows.share(limit[0]!.row)
        : // A year that no row has is held by nothing: it lies beyond the project.
          limit.reduceRight(
            (other, { row, year }) => `IF(${yearsIn(yearCell)}=${year},${rows.share(row)},${other})`,
            '1'
          )
    )
    .join('*')
}

function keptOf(rows: LimitRows, held: Held): LiveSum {
  return {
    formula: held.map(({ row }) => rows.cell(row, 'kept')).join('+'),
    cents: held.reduce((all, { row }) => all + rows.all[row]!.kept.cents, 0)
  }
}

function payableIn(rows: LimitRows, own: readonly StagedLine[], row: number, year?: number): LiveSum {
  const named = `(${rows.field('category')}=${rows.cell(row, 'category')})`
  const inYear = year === undefined ? '' : `*(${yearsIn(rows.field('year'))}=${rows.cell(row, 'year')})`
  const of = own.filter(({ line }) => year === undefined || (line.year ?? 1) === year)
  return {
    formula: `SUMPRODUCT(${named}${inYear}*${rows.column(rows.layout.payable)})`,
    cents: sumOfStage(of, 'payable')
  }
}

/** The years of the project, and what else a line names: somebody may move a line to any of them. */
function yearsOf(own: readonly StagedLine[], { months = 0 }: BudgetDraft): number[] {
  const planned = Array.from({ length: Math.ceil(months / 12) }, (_, at) => at + 1) // not of a guide: months of a year
  return [...new Set([...planned, ...own.map(({ line }) => line.year ?? 1)])].sort((a, b) => a - b)
}

/** Where no year is given it is the first. */
function yearsIn(cells: string): string {
  return `(${cells}+(${cells}=""))`
}

function mostOf(limit: BudgetLimit, draft: BudgetDraft, lumpSum: number | undefined): LiveSum | undefined {
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
