import type { BudgetRules } from '#modules/programmes'
import { ruleBehind, type Budget, type BudgetDraft, type Finding, type Part, type RuleRef } from './budget.ts'
import { categoryOf, plannable } from './budget-line.ts'
import { limitCategories } from './category-limits.ts'
import { limitGrant, workPackageFindings } from './grant-limits.ts'
import { costOf } from './line-cost.ts'
import { limitLine } from './line-limits.ts'
import { keyOf, sumOf } from './refuse.ts'

/**
 * Computes a budget: what each line costs by the rates of the edition, what of it is granted, and which rule refuses
 * every euro that is not. Whole cents; the order of lines never matters. Values that are not yet found in a document
 * are computed with like the others, and counted in `unverified`.
 */
export function computeBudget(rules: BudgetRules, draft: BudgetDraft): Budget {
  const findings: Finding[] = []
  const parts: Part[] = []
  const lines = [...draft.lines].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const line of lines) {
    const spender = draft.participants.find(({ id }) => id === line.participant)
    if (!spender) {
      findings.push(
        line.participant === ''
          ? { kind: 'missing', weight: 'blocks', line: line.id, values: { what: 'participant' } }
          : { kind: 'gone', weight: 'blocks', line: line.id }
      )
      continue
    }
    const costed = costOf(rules, line, spender)
    limitLine(rules, line, costed.parts, spender)
    parts.push(...costed.parts)
    findings.push(...costed.findings, ...lineFindings(rules, draft, line))
  }
  parts.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  limitCategories(rules, draft, parts)
  findings.push(...limitGrant(rules, draft, parts), ...workPackageFindings(rules, parts))
  findings.push(...ruleFindings(rules), ...refusedFindings(parts))
  return {
    parts,
    cost: parts.reduce((sum, { cost }) => sum + cost, 0),
    grant: sumOf(parts),
    findings,
    unverified: sumOf(parts.filter((part) => restsOnNothingFound(rules, part)))
  }
}

/** What a line still has to say beside its quantities. */
function lineFindings(rules: BudgetRules, draft: BudgetDraft, line: BudgetDraft['lines'][number]): Finding[] {
  const findings: Finding[] = []
  const category = categoryOf(rules, line.category)
  category?.justify.forEach(({ staff }, at) => {
    const asked = staff === undefined || (line.staff !== undefined && staff.includes(line.staff))
    if (asked && !line.justification) {
      findings.push({
        kind: 'justify',
        weight: 'blocks',
        line: line.id,
        rule: { category: category.id, justify: at }
      })
    }
  })
  const byYear = category?.limits.findIndex(({ of }) => of === 'eur-per-year') ?? -1
  if (byYear >= 0 && line.year === undefined) {
    const rule: RuleRef = { category: category!.id, limit: byYear }
    findings.push({ kind: 'year-assumed', weight: 'advises', line: line.id, rule })
  }
  const years = draft.months === undefined ? undefined : Math.ceil(draft.months / 12)
  if (line.year !== undefined && years !== undefined && line.year > years) {
    findings.push({ kind: 'year-beyond', weight: 'blocks', line: line.id, values: { years } })
  }
  if (inWorkPackages(rules) && line.workPackage === undefined) {
    findings.push({ kind: 'no-work-package', weight: 'blocks', line: line.id })
  }
  return findings
}

/** Whether every euro belongs to a work package: where their number is limited. */
export function inWorkPackages(rules: BudgetRules): boolean {
  return rules.categories.some(({ limits }) => limits.some(({ of }) => of === 'work-packages'))
}

/** What is not sure about the rules themselves. */
function ruleFindings(rules: BudgetRules): Finding[] {
  const findings: Finding[] = []
  const at = rules.funding.findIndex(({ sure }) => sure)
  if (at < 0 && rules.funding.length > 0) {
    findings.push({ kind: 'not-sure', weight: 'warns', rule: { funding: 0 } })
  }
  if (at >= 0 && rules.funding[at]!.model === 'unknown') {
    findings.push({ kind: 'model-not-known', weight: 'advises', rule: { funding: at } })
  }
  for (const { id, sure } of plannable(rules)) {
    if (!sure) findings.push({ kind: 'not-sure', weight: 'advises', rule: { category: id } })
  }
  return findings
}

/** One finding for each rule that refuses euros, with the sum of them; the programme's share is no fault. */
function refusedFindings(parts: readonly Part[]): Finding[] {
  const sums = new Map<string, Finding & { values: { cents: number; why: string } }>()
  for (const { refusals } of parts) {
    for (const { kind, cents, rule } of refusals) {
      if (kind === 'share') continue
      const key = `${kind} ${JSON.stringify(rule)}`
      const found = sums.get(key)
      if (found) found.values.cents += cents
      else
        sums.set(key, {
          kind: 'refused',
          weight: 'warns',
          ...(rule && { rule }),
          values: { cents, why: kind }
        })
    }
  }
  return [...sums.values()]
}

function restsOnNothingFound(rules: BudgetRules, { rules: used }: Part): boolean {
  return used.some((ref) => ruleBehind(rules, ref)?.confidence === 'unverified')
}
