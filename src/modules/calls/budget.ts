import type { Problem } from '#shared/forms/refused.ts'
import type { Budget, BudgetPart } from './call.ts'

/** What the parts of a split come to, in cents. */
export function sumOf(parts: readonly BudgetPart[]): number {
  return parts.reduce((sum, { cents }) => sum + cents, 0)
}

/** What is left to share out; below 0 when the parts come to more than there is. */
export function leftOf(budget: Budget, parts: readonly BudgetPart[]): number {
  return (budget.cents ?? 0) - sumOf(parts)
}

/**
 * What does not add up: a split shares out all of the money, to the cent, and names nothing twice.
 * @returns problems of the fields budget.cents and budget.splits.<number>
 */
export function budgetProblems(budget: Budget): Problem[] {
  const { cents, splits } = budget
  if (cents === null) {
    return splits.length > 0 ? [{ field: 'budget.cents', key: 'calls.problem.budget-missing' }] : []
  }
  return splits.flatMap(({ by, parts }, index): Problem[] => {
    const field = `budget.splits.${index}`
    const twice = parts.find(({ of }, at) => parts.some((other, before) => before < at && other.of === of))
    if (twice) return [{ field, key: 'calls.problem.split-twice', args: { by } }]
    const left = leftOf(budget, parts)
    if (left > 0) return [{ field, key: 'calls.problem.split-too-little', args: { by, euro: left / 100 } }]
    return left < 0 ? [{ field, key: 'calls.problem.split-too-much', args: { by, euro: -left / 100 } }] : []
  })
}
