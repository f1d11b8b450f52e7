import { compileCondition } from '#shared/rules/conditions.ts'
import type { Consortium } from '#shared/rules/consortium.ts'
import { inEdition, type Editions } from '#shared/rules/editions.ts'
import { type Encoded, encode } from '#shared/rules/encode.ts'
import { MAYBE, NO, YES, type Lexicon, type Truth } from '#shared/rules/lexicon.ts'
import { selectionsOf } from '#shared/rules/selections.ts'
import type { Condition, Who } from '#shared/rules/vocabulary.ts'
import { grantLimits } from './budget-ceilings.server.ts'
import type { BudgetRules, CategoryRule, CeilingRule, CountryGroup, FundingRule } from './budget-rules.ts'
import { cited, type Cited } from './citations.server.ts'
import { type Allowance, type GrantRule, grantRules, sumsLeft } from './own-grants.ts'
import type {
  BudgetData,
  Field,
  LimitData,
  OtherReading,
  RateData,
  RuleData,
  SourceRef
} from './programme-data.ts'
import type { ActionFiles, Programme } from './programme.server.ts'

type Sources = { editions?: Editions; sources: SourceRef[]; 'other-readings'?: OtherReading[] }

/** What is asked again and again while the rules of one consortium are gathered. */
type Asked = {
  edition: number
  cite: (value: Sources) => Cited
  /** Whether a value under this condition applies. */
  holds: (when: Condition | undefined) => Truth
  /** How many organisations are meant. */
  count: (who: Who | undefined) => { sure: number; possible: number }
}

/** Gathers what the files of an action say about its money in one edition, for one consortium. */
export function budgetRulesOf(
  programme: Programme,
  lexicon: Lexicon,
  files: ActionFiles,
  edition: number,
  consortium: Consortium
): BudgetRules {
  const asked = askedOf(programme, lexicon, files, edition, consortium)
  const common = programme.commonRules.filter(({ id }) => files.eligibility.common?.includes(id))
  const rules = applying([...common, ...files.eligibility.rules], asked)
  const allowances = grantAllowances(rules, consortium, asked)
  return {
    action: files.action.action,
    edition,
    funding: applying(files.budget.funding, asked).map((one) => fundingRule(one, allowances, asked)),
    categories: applying(files.budget.categories ?? [], asked).map((one) => categoryRule(one, asked)),
    ceilings: rules.flatMap((rule) => ceilingRule(rule, consortium, asked)),
    countryGroups: countryGroups(programme, asked)
  }
}

function askedOf(
  programme: Programme,
  lexicon: Lexicon,
  files: ActionFiles,
  edition: number,
  consortium: Consortium
): Asked {
  const encoded = encode(consortium, lexicon)
  const { fields } = files.action
  return {
    edition,
    cite: (value) => cited(programme, value, edition),
    holds(when) {
      return when ? conditionOf(when, lexicon, fields)(encoded) : YES
    },
    count(who) {
      const matcher = selectionsOf(lexicon, () => undefined).of(who)
      const truths = encoded.partners.map((partner) => matcher.match(partner, encoded))
      const sure = truths.filter((truth) => truth === YES).length
      return { sure, possible: sure + truths.filter((truth) => truth === MAYBE).length }
    }
  }
}

type Holds = (of: Encoded) => Truth
const conditions = new WeakMap<Lexicon, WeakMap<readonly Field[], WeakMap<Condition, Holds>>>()

/** A condition of an action's files, compiled when it is asked first: a common one once for each action. */
function conditionOf(when: Condition, lexicon: Lexicon, fields: readonly Field[]): Holds {
  const ofLexicon = within(
    conditions,
    lexicon,
    () => new WeakMap<readonly Field[], WeakMap<Condition, Holds>>()
  )
  const ofAction = within(ofLexicon, fields, () => new WeakMap<Condition, Holds>())
  return within(ofAction, when, () => {
    // What is marked is what was compiled before.
    const selections = selectionsOf(lexicon, () => undefined)
    const { holds } = compileCondition(when, { lexicon, selections, fields: [...fields] })
    return (encoded) => holds(selections.mark(encoded))
  })
}

function within<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}

type Conditional = { editions: Editions; when?: Condition }

/** The values of the edition that apply or may apply. */
function applying<T extends Conditional>(values: readonly T[], asked: Asked): (T & { sure: boolean })[] {
  return values
    .filter(({ editions }) => inEdition(editions, asked.edition))
    .map((value) => ({ value, truth: asked.holds(value.when) }))
    .filter(({ truth }) => truth !== NO)
    .map(({ value, truth }) => ({ ...value, sure: truth === YES }))
}

/** A rule about the grant with what it allows this consortium, in whole cents. */
type Allowing = Allowance & { rule: GrantRule }

/** What the rules about the grant leave of lump sums; a rule that waits for the duration leaves all. */
function grantAllowances(
  rules: readonly (RuleData & { sure: boolean })[],
  consortium: Consortium,
  { edition, count }: Asked
): Allowing[] {
  return grantRules(rules, edition).flatMap((rule): Allowing[] => {
    const limits = grantLimits(rule.value, consortium, count(rule.value.who))
    if (!limits) return []
    const { oneOf, atLeast, atMost, sure } = limits
    const allowed = {
      ...(oneOf && { 'one-of': oneOf }),
      ...(atLeast !== undefined && { 'at-least': atLeast }),
      ...(atMost !== undefined && { 'at-most': atMost })
    }
    return [{ limits: allowed, sure: sure && rule.sure, rule }]
  })
}

/** Where a rule of the call leaves other sums than the way of funding, it is that rule which says so. */
function fundingRule(
  one: BudgetData['funding'][number] & { sure: boolean },
  allowances: readonly Allowing[],
  { cite }: Asked
): FundingRule {
  const { model, says, sure } = one
  const inCents = one['lump-sums']?.map((euros) => euros * 100)
  const left = inCents && sumsLeft(inCents, allowances)
  return {
    ...cite(left?.by?.rule ?? one),
    sure,
    model,
    says: left?.by?.rule.says ?? says,
    ...(left && { lumpSums: left.sums }),
    ...(one['rate-percent'] !== undefined && { ratePercent: one['rate-percent'] })
  }
}

type CategoryData = NonNullable<BudgetData['categories']>[number]

function categoryRule(one: CategoryData & { sure: boolean }, asked: Asked): CategoryRule {
  const now = <T extends { editions?: Editions }>(values: readonly T[] | undefined) =>
    (values ?? []).filter(({ editions }) => inEdition(editions, asked.edition))
  const { id, names, basis, says, sure } = one
  const outside = one['outside-ceilings']
  return {
    ...asked.cite(one),
    id,
    names,
    basis,
    sure,
    ...(says && { says }),
    rates: now(one.rates).map((rate) => budgetRate(rate, asked)),
    limits: now(one.limits).map((limit) => budgetLimit(limit, asked)),
    ...(one['only-with'] && { onlyWith: one['only-with'] }),
    ...(one['paid-as'] && { paidAs: one['paid-as'] }),
    ...(one['instead-of'] && { insteadOf: one['instead-of'] }),
    justify: now(one.justify).map(({ asks, staff, sources }) => ({
      asks,
      ...(staff && { staff }),
      cited: asked.cite({ sources })
    })),
    ...(one['limits-only'] && { limitsOnly: true }),
    ...(outside && inEdition(outside.editions, asked.edition) && { outsideCeilings: asked.cite(outside) })
  }
}

function budgetRate(rate: RateData, { cite }: Asked) {
  const { amount, sources, editions: _editions, ...rest } = rate
  return {
    ...rest,
    ...(amount !== undefined && { cents: amount * 100 }),
    ...(sources && { cited: cite({ sources }) })
  }
}

function budgetLimit(limit: LimitData, { cite }: Asked) {
  const { sources, editions: _editions, 'at-least': least, 'at-most': most, ...rest } = limit
  const unit = limit.of.startsWith('eur-') ? 100 : 1
  return {
    ...rest,
    ...(least !== undefined && { atLeast: least * unit }),
    ...(most !== undefined && { atMost: most * unit }),
    ...(sources && { cited: cite({ sources }) })
  }
}

/** A rule about the grant as a ceiling; a choice of lump sums stands in the funding already. */
function ceilingRule(
  rule: RuleData & { sure: boolean },
  consortium: Consortium,
  { cite, count }: Asked
): CeilingRule[] {
  if (!('value' in rule) || rule.value.of !== 'grantEur' || rule.severity === 'info') return []
  const { value } = rule
  const choice = value['one-of'] ?? value.cases?.some((one) => one['one-of'])
  if (choice) return []
  const limits = grantLimits(value, consortium, count(value.who))
  const { atMost, atLeast, sure } = limits ?? { sure: false }
  return [
    {
      ...cite(rule),
      id: rule.id,
      says: rule.says,
      severity: rule.severity ?? 'block',
      sure: rule.sure && sure,
      ...(atMost !== undefined && { atMost }),
      ...(atLeast !== undefined && { atLeast })
    }
  ]
}

/** The groups of countries that days of staff cost the same in: staff-cost-group-2, with its partner countries. */
function countryGroups(programme: Programme, { edition, cite }: Asked): CountryGroup[] {
  return programme.countryGroups.flatMap((one): CountryGroup[] => {
    const group = /^staff-cost-group-(\d)/.exec(one.set)
    if (!group || !inEdition(one.editions, edition)) return []
    return [{ ...cite(one), group: Number(group[1]), countries: one.countries ?? [] }]
  })
}
