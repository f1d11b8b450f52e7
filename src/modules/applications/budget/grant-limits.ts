import type { BudgetLimit, BudgetRules } from '#modules/programmes'
import type { BudgetDraft, Finding, Part, RuleRef } from './budget.ts'
import { holdTo, keyOf, refuse, sumOf } from './refuse.ts'
import { percentOf, spread } from './spread.ts'

/** Brings the whole down to what the programme grants: its share of the costs, its lump sum, its ceiling. */
export function limitGrant(rules: BudgetRules, draft: BudgetDraft, parts: readonly Part[]): Finding[] {
  const at = rules.funding.findIndex(({ sure }) => sure)
  const model = at < 0 ? undefined : rules.funding[at]!
  if (model?.model === 'lump-sum') return limitToLumpSum(rules, draft, parts, at)
  if (model?.ratePercent !== undefined) coFinance(rules, parts, model.ratePercent, { funding: at })
  const ceiling = tightest(rules)
  const counted = parts.filter(({ category }) => !isOutside(rules, category))
  holdToShares(rules, parts, () => {
    const outside = sumOf(parts) - sumOf(counted)
    return Math.min(sumOf(counted), ceiling?.atMost ?? Infinity) + outside
  })
  if (ceiling) holdTo(counted, ceiling.atMost, 'grant-ceiling', { ceiling: ceiling.id })
  return ceilingFindings(rules, draft, sumOf(parts))
}

/** A category with a share of its own, such as equipment paid whole, keeps it; the rest is paid at the rate. */
function coFinance(rules: BudgetRules, parts: readonly Part[], percent: number, rule: RuleRef): void {
  const shared = parts.filter(({ category }) => !hasOwnShare(rules, category))
  const shares = shared.map((part) => ({ key: keyOf(part), cents: part.grant }))
  spread(shares, percentOf(sumOf(shared), percent)).forEach((kept, index) => {
    const part = shared[index]!
    refuse(part, part.grant - kept, 'share', rule)
  })
}

/** Whether the share that a category is paid is its own, not that of the whole. */
export function hasOwnShare(rules: BudgetRules, category: string): boolean {
  return rules.categories.some(
    ({ id, rates }) => id === category && rates.some(({ percent }) => percent !== undefined)
  )
}

function limitToLumpSum(
  rules: BudgetRules,
  draft: BudgetDraft,
  parts: readonly Part[],
  at: number
): Finding[] {
  const funding = rules.funding[at]!
  const only = funding.lumpSums?.length === 1 ? funding.lumpSums[0] : undefined
  const chosen = draft.lumpSum ?? only
  const rule: RuleRef = { funding: at }
  if (chosen === undefined || !funding.lumpSums?.includes(chosen)) {
    return [{ kind: 'missing-lump-sum', weight: 'blocks', rule }]
  }
  holdToShares(rules, parts, () => chosen)
  holdTo(parts, chosen, 'over-lump-sum', rule)
  const planned = parts.reduce((sum, { cost }) => sum + cost, 0)
  if (planned === chosen) return []
  return [{ kind: 'does-not-add-up', weight: 'blocks', rule, values: { planned, chosen } }]
}

/** Categories that may take so many per cent of the grant: looked at until nothing changes, for the grant shrinks too. */
function holdToShares(rules: BudgetRules, parts: readonly Part[], grant: () => number): void {
  const shares = rules.categories.flatMap(({ id, limits }) =>
    limits.flatMap((limit, at) => {
      if (limit.of !== 'percent-of-grant' || limit.atMost === undefined) return []
      return [
        { of: parts.filter(({ category }) => category === id), percent: limit.atMost, category: id, at }
      ]
    })
  )
  if (shares.length === 0) return
  const before = parts.map(({ grant: had }) => had)
  const kept = new Map(parts.map((part) => [part, part.grant]))
  // Computed first, refused at the end: one refusal a part, however often it was looked at.
  for (let changed = true; changed;) {
    changed = false
    const base = grant()
    for (const { of, percent } of shares) {
      const most = percentOf(base, percent)
      if (sumOf(of) <= most) continue
      changed = true
      spread(
        of.map((part) => ({ key: keyOf(part), cents: part.grant })),
        most
      ).forEach((cents, index) => {
        of[index]!.grant = cents
        kept.set(of[index]!, cents)
      })
    }
  }
  parts.forEach((part, index) => (part.grant = before[index]!))
  for (const { of, category, at } of shares) {
    for (const part of of)
      refuse(part, part.grant - kept.get(part)!, 'percent-of-grant', { category, limit: at })
  }
}

type Ceiling = BudgetRules['ceilings'][number] & { atMost: number }

/** The ceiling that holds: of several the lowest, and of equal ones the one that stands first. */
export function tightest(rules: BudgetRules): Ceiling | undefined {
  const blocking = rules.ceilings.filter(
    (one): one is Ceiling => one.severity === 'block' && one.atMost !== undefined
  )
  const sure = blocking.filter(({ sure }) => sure)
  // While an answer is missing several may come into question: then the widest of them.
  if (sure.length === 0) return blocking.sort((a, b) => b.atMost - a.atMost)[0]
  return sure.sort((a, b) => a.atMost - b.atMost)[0]
}

export function isOutside(rules: BudgetRules, category: string): boolean {
  return rules.categories.some(({ id, outsideCeilings }) => id === category && outsideCeilings !== undefined)
}

function ceilingFindings(rules: BudgetRules, draft: BudgetDraft, grant: number): Finding[] {
  return rules.ceilings.flatMap((one): Finding[] => {
    const rule: RuleRef = { ceiling: one.id }
    if (one.atMost === undefined && one.atLeast === undefined) {
      return draft.months === undefined
        ? [{ kind: 'missing-duration', weight: 'blocks', rule }]
        : [{ kind: 'ceiling-not-named', weight: 'advises', rule, values: { months: draft.months } }]
    }
    const found: Finding[] = one.sure ? [] : [{ kind: 'not-sure', weight: 'advises', rule }]
    if (one.atLeast !== undefined && grant < one.atLeast) {
      found.push({ kind: 'under-least', weight: 'warns', rule, values: { least: one.atLeast, grant } })
    }
    if (one.severity === 'warn' && one.atMost !== undefined && grant > one.atMost) {
      found.push({ kind: 'over-advice', weight: 'advises', rule, values: { most: one.atMost, grant } })
    }
    return found
  })
}

/** How many work packages there may and must be: all of the project, or those of one kind. */
export function workPackageFindings(rules: BudgetRules, parts: readonly Part[]): Finding[] {
  return rules.categories.flatMap(({ id, limits }) =>
    limits.flatMap((limit, at): Finding[] => {
      if (limit.of !== 'work-packages') return []
      const of = limit.across ? parts : parts.filter(({ category }) => category === id)
      const count = new Set(of.flatMap(({ line }) => line.workPackage ?? [])).size
      return outsideLimit(limit, count)
        ? [
            {
              kind: 'work-packages',
              weight: limit.recommended ? 'advises' : 'blocks',
              rule: { category: id, limit: at },
              values: { count }
            }
          ]
        : []
    })
  )
}

function outsideLimit({ atLeast, atMost }: BudgetLimit, count: number): boolean {
  return count < (atLeast ?? 0) || count > (atMost ?? Infinity)
}
