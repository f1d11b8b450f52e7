import type { BudgetRules } from '#modules/programmes'
import type { Budget, BudgetDraft } from './budget.ts'
import { categoryRows, type Held, shareOfCategory } from './category-rows.ts'
import { hasOwnShare, isOutside, tightest } from './grant-limits.ts'
import { type LimitRow, LimitRows, type SheetNames, type StagedLine, sumOfStage } from './limit-rows.ts'
import { paidWhereItStands, stagesOf } from './sheet-stages.ts'
import { percentOf } from './spread.ts'

/** The limits of a budget as rows, and which of them hold a line. */
export type SheetLimits = {
  rows: readonly LimitRow[]
  /** What a line keeps of what is payable, and then of the whole, as products of cells; '' where it keeps all. */
  inCategory(line: string, row: number): string
  /** Undefined where the grant does not recompute. */
  granted(line: string): string | undefined
}

type Asked = {
  rules: BudgetRules
  draft: BudgetDraft
  budget: Budget
  names: SheetNames
  /** What a category is called in the sheet. */
  nameOf: (category: string) => string
}

/** The limits that hold sums of a budget: of each category, then of the whole. */
export function sheetLimits(asked: Asked): SheetLimits {
  const { rules, draft, budget, names } = asked
  const lumpSum = lumpSumOf(rules, draft)
  const lines = draft.lines.map((line): StagedLine => {
    const parts = budget.parts.filter((part) => part.line.id === line.id)
    return { line, parts, simple: paidWhereItStands(line, parts), ...stagesOf(rules, line, parts, lumpSum) }
  })
  const rows = new LimitRows(names)
  const { layout } = rows
  const sumOf = (column: number, stage: 'planned' | 'payable' | 'granted') => ({
    formula: `SUM(${rows.column(column)})`,
    cents: sumOfStage(lines, stage)
  })
  const planned = sumOf(layout.planned, 'planned')
  rows.add({ kind: 'own', asked: planned, kept: sumOf(layout.payable, 'payable') })
  const held = new Map<string, Held[]>()
  for (const category of rules.categories) {
    const own = lines.filter(({ line, simple }) => simple && line.category === category.id)
    if (own.length > 0) held.set(category.id, categoryRows(rows, category, own, draft, lumpSum))
  }
  const whole = holdWhole(rows, lines, lumpSum, asked)
  rows.add({ kind: 'all', asked: planned, kept: sumOf(layout.granted, 'granted') })
  const lineOf = (id: string) => lines.find(({ line }) => line.id === id)!
  return {
    rows: rows.all,
    inCategory(id, row) {
      const { line, simple } = lineOf(id)
      const limits = simple ? (held.get(line.category) ?? []) : []
      return shareOfCategory(rows, limits, `$${layout.cell('year', row)}`)
    },
    granted: (id) => whole(lineOf(id))
  }
}

/** Holds all lines to the share of the programme, then to its ceiling or lump sum. */
function holdWhole(
  rows: LimitRows,
  lines: readonly StagedLine[],
  lumpSum: number | undefined,
  { rules, budget, nameOf }: Asked
): (line: StagedLine) => string | undefined {
  const funding = rules.funding.find(({ sure }) => sure)
  const percent = funding?.model === 'lump-sum' ? undefined : funding?.ratePercent
  // What one category may take of the grant, beside a share that is paid of all: each waits for the other.
  const ofGrant = budget.parts.some(({ refusals }) =>
    refusals.some(({ kind }) => kind === 'percent-of-grant')
  )
  if (percent !== undefined && ofGrant) return () => undefined

  const isShared = ({ parts }: StagedLine) =>
    percent !== undefined && percent !== 100 && !parts.some(({ category }) => hasOwnShare(rules, category))
  const ceiling = funding?.model === 'lump-sum' ? undefined : tightest(rules)
  const isCounted = ({ parts }: StagedLine) =>
    !ceiling || !parts.some(({ category }) => isOutside(rules, category))
  const total = (of: readonly StagedLine[]) => {
    if (of.length === lines.length) return `SUM(${rows.column(rows.layout.inCategory)})`
    const named = [...new Set(of.map(({ line }) => nameOf(line.category)))].map(
      (name) => `(${rows.field('category')}="${name.replaceAll('"', '""')}")`
    )
    return `SUMPRODUCT((${named.join('+')})*${rows.column(rows.layout.inCategory)})`
  }

  const shared = lines.filter(isShared)
  const shareRow = shared.length > 0 ? addShare() : undefined
  const most = ceiling ? ceiling.atMost : lumpSum
  const mostRow = most === undefined ? undefined : addMost(most)
  return (line) =>
    [
      ...(shareRow !== undefined && isShared(line) ? [rows.share(shareRow)] : []),
      ...(mostRow !== undefined && isCounted(line) ? [rows.share(mostRow)] : [])
    ].join('*')

  function addShare(): number {
    const cents = sumOfStage(shared, 'inCategory')
    const own = rows.cell(rows.all.length, 'asked')
    return rows.add({
      kind: 'share',
      asked: { formula: total(shared), cents },
      kept: { formula: `ROUNDDOWN(ROUND(${own}*${percent}/100,6),2)`, cents: percentOf(cents, percent!) }
    })
  }

  function addMost(cents: number): number {
    const plain = lines.filter((line) => isCounted(line) && !isShared(line))
    const ofShare = shareRow === undefined ? 0 : rows.all[shareRow]!.kept.cents
    const terms = [
      ...(plain.length > 0 ? [total(plain)] : []),
      ...(shareRow === undefined ? [] : [rows.cell(shareRow, 'kept')])
    ]
    return rows.add({
      kind: ceiling ? 'ceiling' : 'lump-sum',
      most: { formula: String(cents / 100), cents },
      asked: { formula: terms.join('+') || '0', cents: sumOfStage(plain, 'inCategory') + ofShare }
    })
  }
}

/** The lump sum that was chosen, or the only one there is. */
export function lumpSumOf(rules: BudgetRules, draft: Pick<BudgetDraft, 'lumpSum'>): number | undefined {
  const funding = rules.funding.find(({ sure }) => sure)
  if (funding?.model !== 'lump-sum') return undefined
  const chosen = draft.lumpSum ?? (funding.lumpSums?.length === 1 ? funding.lumpSums[0] : undefined)
  return chosen !== undefined && funding.lumpSums?.includes(chosen) ? chosen : undefined
}
