import type { Editions } from '#shared/rules/editions.ts'
import type { Condition, RuleBody, Words } from '#shared/rules/vocabulary.ts'

/** The fields of the programme, in the words of the consortium file. */
export const fields = ['higher-education', 'vet', 'school', 'adult', 'youth', 'sport'] as const
export type Field = (typeof fields)[number]

export function isField(value: unknown): value is Field {
  return (fields as readonly unknown[]).includes(value)
}

/** Who runs an action: the national agency of the coordinator's country, or the executive agency in Brussels. */
export type ManagingBody = 'national-agency' | 'executive-agency'

export type SourceRef = { document: string; at?: string; editions?: Editions }
export type OtherReading = { says: Words; editions?: Editions; sources: SourceRef[] }

/** A value of a rule file: the editions it holds in and where it comes from. */
export type Sourced = { editions: Editions; sources: SourceRef[]; 'other-readings'?: OtherReading[] }

export type DeadlineData = {
  edition: number
  /** Day, YYYY-MM-DD. */
  on: string
  /** Hour in Brussels. */
  at: '12:00' | '17:00'
  body?: ManagingBody
  fields?: Field[]
  round?: number
  optional?: true
  when?: Condition
  'moved-from'?: string
  note?: Words
  sources: SourceRef[]
  'other-readings'?: OtherReading[]
}

export type FactData = Sourced & {
  id: string
  says: Words
  when?: Condition
  values?: Record<string, number | string | unknown[]>
}

/** Kinds of action that perhaps count as the same: parameters/predecessors.yaml. */
export type PredecessorData = { action: string; of: string[] }

/** A town that distances are computed from and to, in degrees: parameters/places.yaml. */
export type PlaceData = { country: string; name: string; lat: number; lon: number }

/** What a project can be about: parameters/topics.yaml. */
export type TopicData = { id: string; names: Words }

/** action.yaml */
export type ActionData = {
  action: string
  names: Words
  summary: Words
  family: string
  fields: Field[]
  editions: (Sourced & { note?: Words })[]
  codes?: (Sourced & { code: string; field?: Field; note?: Words })[]
  'managed-by': (Sourced & { body: ManagingBody; when?: Condition; note?: Words })[]
  deadlines: DeadlineData[]
  facts?: FactData[]
}

export type QuestionData = {
  key: string
  editions?: Editions
  when?: Condition
  ask: Words
  help?: Words
  answer: 'one' | 'many' | 'number' | 'yes-no'
  /** Of yes-no: whether the budget has lines of these categories answers it, once it has any line. */
  budget?: string[]
  options?: { value: string | number; editions?: Editions; en: string; lv: string }[]
}

export type RuleData = RuleBody &
  Sourced & { id: string; says: Words; severity?: 'block' | 'warn' | 'info'; when?: Condition }

/** eligibility.yaml and parameters/common-rules.yaml */
export type EligibilityData = { common?: string[]; questions?: QuestionData[]; rules: RuleData[] }

export type RateData = {
  /** Whole euros. */
  amount?: number
  percent?: number
  per: string
  role?: 'coordinator' | 'partner'
  'country-group'?: number
  staff?: string
  participant?: string
  /** One-way kilometres, both ends included. */
  km?: { from: number; to?: number }
  days?: { from: number; to?: number }
  travel?: 'standard' | 'green'
  editions?: Editions
  sources?: SourceRef[]
}

export type LimitData = {
  'at-least'?: number
  'at-most'?: number
  of: string
  /** Only these kinds of participant are limited. */
  participant?: string[]
  /** It counts what the whole project has, not this category alone. */
  across?: 'project'
  /** More is not forbidden. */
  recommended?: true
  editions?: Editions
  says?: Words
  sources?: SourceRef[]
}

/** What a line has to explain: every line of the category, or those of some kinds of staff. */
export type JustifyData = { asks: Words; staff?: string[]; editions?: Editions; sources: SourceRef[] }

/** budget.yaml. Amounts are whole euros. */
export type BudgetData = {
  funding: (Sourced & {
    when?: Condition
    model: 'lump-sum' | 'lump-sum-of-budget' | 'unit-costs' | 'actual-costs' | 'unknown'
    'lump-sums'?: number[]
    'rate-percent'?: number
    says: Words
  })[]
  categories?: (Sourced & {
    id: string
    names: Words
    when?: Condition
    basis: 'unit-cost' | 'real-cost' | 'share-of-lump-sum'
    says?: Words
    rates?: RateData[]
    limits?: LimitData[]
    /** Paid only beside one of these categories. */
    'only-with'?: string[]
    /** An activity that has no rates of its own: the rates of these categories pay it. */
    'paid-as'?: string[]
    /** Real costs in place of the rates of this category. */
    'instead-of'?: string
    justify?: JustifyData[]
    /** It holds limits of the whole project; nothing is planned under it. */
    'limits-only'?: true
    /** The ceiling of the grant does not count it. */
    'outside-ceilings'?: { editions?: Editions; sources: SourceRef[] }
  })[]
}

/** award-criteria.yaml */
export type AwardCriteriaData = {
  'award-criteria': (Sourced & {
    when?: Condition
    /** Points needed in all. */
    threshold: number
    criteria: { id: string; names: Words; points: number; minimum?: number }[]
    ties?: string[]
    note?: Words
  })[]
}

/** examples.yaml */
export type ExamplesData = {
  examples: {
    case: string
    edition: number
    consortium: Record<string, unknown>
    answer: 'eligible' | 'not-eligible' | 'undetermined'
    rules?: Record<string, 'met' | 'not-met' | 'unknown' | 'not-asked'>
    'fewest-changes'?: number
  }[]
}

/** parameters/priorities.yaml: what projects are asked to work on, in all fields (horizontal) or in one. */
export type PriorityData = Sourced & {
  id: string
  kind: 'horizontal' | 'field'
  field?: Field
  names: Words
}

/** A document keeps the title that it has; what we say of one by ourselves is in both languages. */
export type SourceData = {
  kind: 'seed' | 'official' | 'page' | 'unverified'
  title: string | Words
  url?: string
}
export type CountrySetData = Sourced & { set: string; names: Words; countries?: string[]; of?: string[] }
export type OrganisationKindData = {
  id: string
  names: Words
  codes?: string[]
  public?: 'yes' | 'no'
  'non-profit'?: 'yes' | 'no'
  'could-be'?: string[]
}
