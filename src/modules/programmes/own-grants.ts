import { inEdition } from '#shared/rules/editions.ts'
import type { ValueLimits } from '#shared/rules/vocabulary.ts'
import type { BudgetData, RuleData } from './programme-data.ts'

type Funding = BudgetData['funding'][number]
export type GrantRule = Extract<RuleData, { value: unknown }>

/** What rules of a call say about the grant, as the budget and the form need it. */
type OwnRules = { edition: number; own: readonly RuleData[] }

/** What a rule allows; not `sure` while it may turn out that it does not apply, or allows something else. */
export type Allowance = { limits: ValueLimits; sure: boolean }

/** The rules about the grant that stand in the way of whoever does not keep to them. */
export function grantRules<Rule extends RuleData>(
  rules: readonly Rule[],
  edition: number
): (Rule & GrantRule)[] {
  return rules.filter(
    (rule): rule is Rule & GrantRule =>
      'value' in rule &&
      rule.value.of === 'grantEur' &&
      (rule.severity ?? 'block') === 'block' &&
      inEdition(rule.editions, edition)
  )
}

/**
 * Which lump sums rules leave, and by which of them it is not all: of those there are the ones that every sure rule
 * allows; where it allows none of them but names others, these. What is not sure takes none away, and adds what it names.
 */
export function sumsLeft<Rule extends Allowance>(
  sums: readonly number[],
  rules: readonly Rule[]
): { sums: number[]; by?: Rule } {
  const naming = rules.filter(({ limits }) => limits['one-of'])
  const others = rules.filter(({ limits }) => !limits['one-of'])
  let left = [...sums]
  let by: Rule | undefined
  for (const rule of [...naming, ...others]) {
    const allowed = allowedOf(left, rule.limits)
    const now = rule.sure ? allowed : [...new Set([...left, ...allowed])]
    if (rule.sure && String(now) !== String(left)) by = rule
    left = now
  }
  return { sums: left, ...(by && { by }) }
}

/** What a rule allows while nothing is known that its cases ask, or that it counts by. */
export function widestOf({ cases, per, ...limits }: GrantRule['value']): ValueLimits {
  if (per) return {}
  if (!cases) return limits
  const named = cases.flatMap((one) => one['one-of'] ?? [])
  return named.length > 0 ? { 'one-of': [...new Set(named)] } : {}
}

/** A way of funding of the guide as a call narrows it, as far as that holds for every application. */
export function withOwnGrants(funding: Funding, { own, edition }: OwnRules): Funding {
  if (!funding['lump-sums']) return funding
  const plain = grantRules(own, edition).filter(({ value, when }) => !value.cases && !value.per && !when)
  const allowances = plain.map((rule) => ({ limits: rule.value, sure: true, rule }))
  const { sums, by } = sumsLeft(funding['lump-sums'], allowances)
  if (!by) return funding
  return { ...funding, 'lump-sums': sums, says: by.rule.says, sources: by.rule.sources }
}

/** The lump sums that a call outside any guide offers, as a way of funding; none where its rules name none. */
export function lumpSumsOf({ edition, own }: OwnRules): Funding[] {
  return grantRules(own, edition).flatMap(({ value, says, sources, editions, when }): Funding[] => {
    const sums = widestOf(value)['one-of']
    if (!sums) return []
    return [{ editions, sources, says, model: 'lump-sum', 'lump-sums': sums, ...(when && { when }) }]
  })
}

function allowedOf(sums: readonly number[], limits: ValueLimits): number[] {
  const { 'one-of': one, 'at-least': least, 'at-most': most } = limits
  const left = sums.filter(
    (sum) => (one?.includes(sum) ?? true) && sum >= (least ?? 0) && sum <= (most ?? Infinity)
  )
  return left.length > 0 || !one ? left : [...one]
}
