import type { BudgetLimit, BudgetRules, CategoryRule } from '#modules/programmes'
import type { Part, RefusalKind, RuleRef, Spender } from './budget.ts'
import { categoryOf, type BudgetLine } from './budget-line.ts'
import { costOf, daysOf } from './line-cost.ts'
import { refuseAll } from './refuse.ts'

/** Refuses a line that its category does not pay at all: too long or too short, too young, not allowed. */
export function limitLine(rules: BudgetRules, line: BudgetLine, parts: Part[], spender: Spender): void {
  const refuseLine = (kind: RefusalKind, rule: RuleRef) => {
    for (const part of parts) refuseAll(part, kind, rule)
  }
  const category = categoryOf(rules, line.category)
  if (spender.role === 'associated') {
    for (const part of parts) refuseAll(part, 'associated')
  }
  category?.limits.forEach((limit, at) => {
    const rule: RuleRef = { category: category.id, limit: at }
    if (limit.of === 'eur-per-project' && limit.atMost === 0) refuseLine('not-allowed', rule)
    if (staysOutside(limit, line)) refuseLine('stay', rule)
    if (limit.of === 'years-of-age' && isOutside(limit, line.age)) refuseLine('age', rule)
    if (limit.of === 'percent-of-cost' && unitIsEnough(rules, category, limit, line, spender)) {
      refuseLine('unit-is-enough', rule)
    }
  })
}

function staysOutside(limit: BudgetLimit, line: BudgetLine): boolean {
  if (limit.of === 'days') return isOutside(limit, daysOf(line))
  if (limit.of !== 'months') return false
  // A stay given in days is held against months of 30 days.
  if (line.months !== undefined) return isOutside(limit, line.months)
  const days = daysOf(line)
  const months = { atLeast: (limit.atLeast ?? 0) * 30, atMost: (limit.atMost ?? Infinity) * 30 }
  return isOutside(months, days)
}

function isOutside(limit: { atLeast?: number; atMost?: number }, value: number | undefined): boolean {
  if (value === undefined) return false
  return value < (limit.atLeast ?? 0) || value > (limit.atMost ?? Infinity)
}

/** Real costs instead of a unit are paid only where the unit covers less than so many per cent of them. */
function unitIsEnough(
  rules: BudgetRules,
  category: CategoryRule,
  limit: BudgetLimit,
  line: BudgetLine,
  spender: Spender
): boolean {
  if (category.insteadOf === undefined || line.km === undefined || line.people === undefined) return false
  const unit = costOf(rules, { ...line, category: category.insteadOf }, spender)
  const paid = unit.parts.reduce((sum, { cost }) => sum + cost, 0)
  return BigInt(paid) * 100n >= BigInt(line.cents ?? 0) * BigInt(limit.atMost ?? 100)
}
