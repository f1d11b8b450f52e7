import type { BudgetRate, BudgetRules } from '#modules/programmes'
import type { Part, RuleRef } from './budget.ts'
import type { SheetField, SheetLayout } from './sheet-columns.ts'

/**
 * What a line costs, as a formula over the cells of its row: the quantities recompute it, the amounts of a unit are
 * those of the kind of staff, distance and country it was computed with.
 * @param row of the sheet, from 0
 */
export function lineFormula(
  rules: BudgetRules,
  parts: readonly Part[],
  layout: SheetLayout,
  row: number
): string {
  const cell = (field: SheetField) => layout.cell(field, row)
  const terms = parts.flatMap((part) => part.rules.map((ref) => term(rateOf(rules, ref), cell)))
  return terms.length > 0 ? `ROUND(${terms.join('+')},2)` : '0'
}

function rateOf(rules: BudgetRules, ref: RuleRef): BudgetRate | undefined {
  if (!('category' in ref) || ref.rate === undefined) return undefined
  return rules.categories.find(({ id }) => id === ref.category)?.rates[ref.rate]
}

function term(rate: BudgetRate | undefined, cell: (field: SheetField) => string): string {
  if (rate?.cents === undefined) return `N(${cell('cents')})`
  const amount = String(rate.cents / 100)
  if (rate.per === 'step') return amount
  const times = `IF(${cell('times')}="",1,${cell('times')})`
  const people = `N(${cell('people')})*${times}`
  switch (rate.per) {
    case 'month':
      return `${amount}*N(${cell('months')})`
    case 'day':
      return `${amount}*N(${cell('days')})`
    case 'participant-and-day':
      return `${amount}*${people}*${daysIn(rate.days, cell)}`
    case 'month-and-student':
    case 'student-and-month':
      return `${amount}*${people}*N(${cell('months')})`
    case 'participant':
    case 'participant-and-meeting':
    case 'student':
      return `${amount}*${people}`
    default:
      return amount
  }
}

/** The days of a stay that lie in a band; a stay given in months has 30 days in each. */
function daysIn(
  band: { from: number; to?: number } | undefined,
  cell: (field: SheetField) => string
): string {
  const days = `IF(${cell('days')}="",N(${cell('months')})*30,${cell('days')})`
  if (!band) return days
  const upTo = band.to === undefined ? days : `MIN(${days},${band.to})`
  return `MAX(0,${upTo}-${band.from - 1})`
}
