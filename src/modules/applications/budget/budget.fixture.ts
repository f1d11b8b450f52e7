import { join } from 'node:path'
import type { BudgetRules } from '#modules/programmes'
import { budgetRules, loadProgrammes } from '#server/programmes'
import type { Consortium } from '#shared/rules/consortium.ts'
import { ruleBehind, type Budget, type BudgetDraft, type RefusalKind, type Spender } from './budget.ts'
import type { BudgetLine } from './budget-line.ts'
import { computeBudget } from './compute-budget.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../../programmes'))

/** The money rules of an action as shipped. */
export function rulesOf(action: string, edition: number, consortium: Partial<Consortium> = {}): BudgetRules {
  const rules = budgetRules({ programmes }, { action, edition, consortium: { partners: [], ...consortium } })
  if (!rules) throw new Error(`${action} did not exist in ${edition}`)
  return rules
}

/** A consortium of one country each: the first coordinates. */
export function spenders(...countries: string[]): Spender[] {
  return countries.map((country, position) => ({
    id: `p${position}`,
    position,
    role: position === 0 ? 'coordinator' : 'partner',
    name: `Organisation ${position}`,
    country
  }))
}

let counted = 0

/** A line of the coordinator, with a reason, unless it says otherwise. */
export function line(category: string, of: Partial<BudgetLine> = {}): BudgetLine {
  counted++
  const id = `line${String(counted).padStart(4, '0')}`
  return { id, participant: 'p0', category, title: '', justification: 'It is needed.', ...of }
}

/** What a draft costs, in euros as people say them. */
export function budgetOf(rules: BudgetRules, draft: Partial<BudgetDraft>): Budget {
  return computeBudget(rules, {
    participants: spenders('LV', 'LT', 'DE'),
    workPackages: [],
    lines: [],
    ...draft
  })
}

/** The documents behind the refused euros of a kind, with the sum in whole euros. */
export function refusedBy(rules: BudgetRules, budget: Budget, kind: RefusalKind) {
  const refusals = budget.parts.flatMap((part) => part.refusals.filter((one) => one.kind === kind))
  const ref = refusals.find(({ rule }) => rule)?.rule
  return {
    euros: refusals.reduce((sum, { cents }) => sum + cents, 0) / 100,
    documents: (ref && ruleBehind(rules, ref)?.sources.map(({ document }) => document)) ?? []
  }
}

export const euros = (cents: number) => cents / 100
