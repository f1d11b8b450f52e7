import type { BudgetLimit, BudgetRules } from '#modules/programmes'
import type { Part, Refusal } from './budget.ts'
import type { BudgetLine } from './budget-line.ts'

/** The sums of a line on its way to the grant, in whole cents; the columns of a spreadsheet of the budget. */
export type Stages = {
  planned: number
  /** After the rules that look at this line alone. */
  payable: number
  /** After what a category is paid in all. */
  inCategory: number
  granted: number
  /**
   * What a formula in the row cannot know, because it takes an order of people or organisations, or several
   * categories at once: of so many cents so many were left. It stays as it was when the sheet was made.
   */
  fixed: { of: number; kept: number } | undefined
}

/** Where the euros of a refusal go: `live` ones are recomputed in the sheet. */
type Place = 'own' | 'fixed' | 'per-person' | 'category' | 'grant'

/** Whether a limit is a sum that a sheet can hold a category to. */
export function isSumLimit(limit: BudgetLimit, lumpSum: number | undefined): boolean {
  if (!limit.atMost || limit.participant) return false
  if (limit.of === 'percent-of-grant') return lumpSum !== undefined
  return limit.of === 'eur-per-year' || limit.of === 'eur-per-month' || limit.of === 'eur-per-project'
}

/** Whether a line is paid in the category that it stands in: a mobility is paid in two others. */
export function paidWhereItStands(line: BudgetLine, parts: readonly Part[]): boolean {
  return parts.length === 1 && parts[0]!.category === line.category
}

/** The sums of a line as they were computed. */
export function stagesOf(
  rules: BudgetRules,
  line: BudgetLine,
  parts: readonly Part[],
  lumpSum: number | undefined
): Stages {
  const simple = paidWhereItStands(line, parts)
  const sums: Record<Place, number> = { own: 0, fixed: 0, 'per-person': 0, category: 0, grant: 0 }
  for (const refusal of parts.flatMap(({ refusals }) => refusals)) {
    sums[placeOf(rules, refusal, simple, lumpSum)] += refusal.cents
  }
  const planned = parts.reduce((sum, { cost }) => sum + cost, 0)
  const of = planned - sums.own
  const payable = of - sums.fixed - sums['per-person']
  return {
    planned,
    payable,
    inCategory: payable - sums.category,
    granted: payable - sums.category - sums.grant,
    fixed: sums.fixed > 0 ? { of, kept: of - sums.fixed } : undefined
  }
}

function placeOf(rules: BudgetRules, { kind, rule }: Refusal, simple: boolean, lumpSum?: number): Place {
  const limit =
    rule && 'category' in rule && rule.limit !== undefined
      ? rules.categories.find(({ id }) => id === rule.category)?.limits[rule.limit]
      : undefined
  switch (kind) {
    case 'share':
      return rule && 'funding' in rule ? 'grant' : simple ? 'own' : 'fixed'
    case 'not-allowed':
    case 'stay':
    case 'age':
      return 'own'
    case 'per-person':
      return simple && !limit?.participant ? 'per-person' : 'fixed'
    case 'per-month':
    case 'per-year':
    case 'per-project':
    case 'percent-of-grant':
      return simple && limit && isSumLimit(limit, lumpSum) ? 'category' : 'fixed'
    case 'grant-ceiling':
    case 'over-lump-sum':
      return 'grant'
    default:
      return 'fixed'
  }
}
