import type { BudgetRules, Cited } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { BudgetLine } from './budget-line.ts'

/** An organisation as far as its money goes. */
export type Spender = {
  id: string
  position: number
  role: 'coordinator' | 'partner' | 'associated'
  name: string
  country: string
}

/** What a budget is computed from. */
export type BudgetDraft = {
  /** Duration of the project; undefined while it is not said. */
  months?: number
  /** The lump sum that was chosen, in whole cents. */
  lumpSum?: number
  participants: Spender[]
  workPackages: { id: string; title: string }[]
  lines: BudgetLine[]
}

/** The value of the programme's rules that something rests on. */
export type RuleRef =
  | { category: string; limit?: number; rate?: number; justify?: number; outside?: true }
  | { ceiling: string }
  | { funding: number }

/** Why euros are not granted. `share` is what the programme leaves to the organisations: no fault, yet no grant. */
export type RefusalKind =
  | 'share'
  | 'not-allowed'
  | 'associated'
  | 'only-with'
  | 'stay'
  | 'age'
  | 'unit-is-enough'
  | 'organisations'
  | 'longer-than-project'
  | 'people'
  | 'per-person'
  | 'per-month'
  | 'per-year'
  | 'per-project'
  | 'percent-of-grant'
  | 'grant-ceiling'
  | 'over-lump-sum'

/** Cents of a part that are not granted, and the rule that says so. */
export type Refusal = { kind: RefusalKind; cents: number; rule?: RuleRef }

/** What one line costs in one category: most lines have one part, a mobility has its travel and its stay. */
export type Part = {
  line: BudgetLine
  /** Of the categories that money is counted in. */
  category: string
  /** What it costs, in whole cents. */
  cost: number
  /** What is granted of it. */
  grant: number
  refusals: Refusal[]
  /** The rates it was computed with. */
  rules: RuleRef[]
  /** People it is paid for, where it is paid by head. */
  people?: number
}

/** Blocks: it cannot be submitted like this. Warns: euros are refused. Advises: worth a look. */
export type Weight = 'blocks' | 'warns' | 'advises'

export type FindingKind =
  | 'missing'
  | 'missing-lump-sum'
  | 'missing-duration'
  | 'no-rate'
  | 'rate-not-known'
  | 'year-assumed'
  | 'km-unexplained'
  | 'km-differs'
  | 'year-beyond'
  | 'not-in-action'
  | 'gone'
  | 'no-work-package'
  | 'justify'
  | 'refused'
  | 'does-not-add-up'
  | 'work-packages'
  | 'under-least'
  | 'over-advice'
  | 'ceiling-not-named'
  | 'not-sure'
  | 'model-not-known'

/** Something to know about the budget; `values` fill its sentence. */
export type Finding = {
  kind: FindingKind
  weight: Weight
  line?: string
  rule?: RuleRef
  values?: Record<string, number | string>
}

/** A budget, computed. `cost` = `grant` + all refusals, for each part and in all. Whole cents. */
export type Budget = {
  parts: Part[]
  cost: number
  grant: number
  findings: Finding[]
  /** Cents of the grant that rest on values not yet found in a document. */
  unverified: number
}

/** What a rule says, and where it stands. */
export type RuleShown = Cited & { says?: Words }

/** The rule behind a reference. */
export function ruleBehind(rules: BudgetRules, ref: RuleRef): RuleShown | undefined {
  if ('funding' in ref) return rules.funding[ref.funding]
  if ('ceiling' in ref) return rules.ceilings.find(({ id }) => id === ref.ceiling)
  const category = rules.categories.find(({ id }) => id === ref.category)
  if (!category) return undefined
  const { sources, confidence, otherReadings, says } = category
  const own: RuleShown = { sources, confidence, otherReadings, ...(says && { says }) }
  if (ref.justify !== undefined) {
    const one = category.justify[ref.justify]
    return one && { ...one.cited, says: one.asks }
  }
  if (ref.outside) return { ...own, ...category.outsideCeilings }
  const limit = ref.limit === undefined ? undefined : category.limits[ref.limit]
  if (limit) return { ...own, ...limit.cited, ...(limit.says && { says: limit.says }) }
  const rate = ref.rate === undefined ? undefined : category.rates[ref.rate]
  return rate ? { ...own, ...rate.cited } : own
}
