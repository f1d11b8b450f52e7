import { inEdition } from '#shared/rules/editions.ts'
import type { BudgetData, RuleData } from './programme-data.ts'

type Funding = BudgetData['funding'][number]
type GrantRule = Extract<RuleData, { value: unknown }>

/** What rules of a call say about the grant, as the budget and the form need it. */
type OwnRules = { edition: number; own: readonly RuleData[] }

/**
 * A way of funding of the guide as a call narrows it: of the lump sums those that the call's own rules allow; where
 * these name others, theirs. What a rule says under a condition is left to the check, like everything else of it.
 */
export function withOwnGrants(funding: Funding, call: OwnRules): Funding {
  const sums = funding['lump-sums']
  const rules = plainRules(call)
  if (!sums || rules.length === 0) return funding
  const named = rules.find(({ value }) => value['one-of'])?.value['one-of']
  const allowed = (sum: number) => rules.every(({ value }) => allows(value, sum))
  const left = sums.filter(allowed)
  return { ...funding, 'lump-sums': left.length > 0 || !named ? left : named.filter(allowed) }
}

/** The lump sums that a call outside any guide offers, as a way of funding; none where its rules name none. */
export function lumpSumsOf({ edition, own }: OwnRules): Funding[] {
  return grantRules({ edition, own }).flatMap(({ value, says, sources, editions, when }): Funding[] => {
    const sums = value['one-of']
    if (!sums || value.cases || value.per) return []
    return [{ editions, sources, says, model: 'lump-sum', 'lump-sums': sums, ...(when && { when }) }]
  })
}

/** What holds for every application, whatever its duration and its answers are. */
function plainRules(call: OwnRules): GrantRule[] {
  return grantRules(call).filter(
    ({ value, when, severity }) => !value.cases && !value.per && !when && (severity ?? 'block') === 'block'
  )
}

function grantRules({ edition, own }: OwnRules): GrantRule[] {
  return own.filter(
    (rule): rule is GrantRule =>
      'value' in rule && rule.value.of === 'grantEur' && inEdition(rule.editions, edition)
  )
}

function allows({ 'one-of': one, 'at-least': least, 'at-most': most }: GrantRule['value'], sum: number) {
  return (one?.includes(sum) ?? true) && sum >= (least ?? 0) && sum <= (most ?? Infinity)
}
