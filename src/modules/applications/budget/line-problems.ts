import type { BudgetRules } from '#modules/programmes'
import type { Problem } from '#shared/forms/refused.ts'
import type { BudgetDraft } from './budget.ts'
import { anyCosts, plannable, type PlannedCost } from './budget-line.ts'

/** What keeps a line from being kept: that it names something which is not there. All else is kept, and said. */
export function lineProblems(
  rules: BudgetRules,
  draft: Pick<BudgetDraft, 'participants' | 'workPackages'>,
  line: PlannedCost
): Problem[] {
  const problems: Problem[] = []
  const categories = plannable(rules).map(({ id }) => id)
  const offered = categories.length > 0 ? categories : [anyCosts]
  if (!offered.includes(line.category)) problems.push({ field: 'category', key: 'form.not-offered' })
  if (!draft.participants.some(({ id }) => id === line.participant)) {
    problems.push({ field: 'participant', key: 'form.not-offered' })
  }
  return problems
}
