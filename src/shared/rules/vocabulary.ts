/**
 * The closed vocabulary of rules: what a rule file can say about a consortium. Fifteen words; what they cannot say
 * becomes a new word here, with its own evaluation and tests, never a script inside the data. docs/writing-rules.md
 * explains each with an example; programmes/schema/eligibility.json is the same as a JSON Schema.
 */

/** A sentence or name in both languages of the product. */
export type Words = { en: string; lv: string }

export type Role = 'coordinator' | 'partner' | 'associated' | 'affiliated'

/** Which organisations are meant; everything given must hold. Without `roles`: coordinator and partner. */
export type Who = {
  roles?: Role[]
  are?: string[]
  'are-not'?: string[]
  in?: string[]
  'not-in'?: string[]
  charter?: true
  'non-profit'?: true
  public?: true
  'european-ngo'?: boolean
  /** Legally established at least so many months before the deadline. */
  'established-months'?: number
  country?: 'of-the-coordinator' | 'other-than-the-coordinator'
}

/** When a rule applies; everything given must hold. */
export type Condition = {
  field?: string | string[]
  answer?: Record<string, unknown>
  only?: Who
  some?: Who
}

export type Count = { 'at-least'?: number; 'at-most'?: number; who?: Who; independent?: true }
export type Quota = { 'at-least': number; who?: Who }
export type ValueName = 'durationMonths' | 'grantEur' | `answers.${string}`
export type ValueLimits = { 'one-of'?: number[]; 'at-least'?: number; 'at-most'?: number }
export type ValueCase = ValueLimits & { if: Record<string, unknown> }

export type AnswerRule = {
  key: string
  is?: unknown[]
  exactly?: number
  'at-least'?: number
  'at-most'?: number
  from?: unknown[]
}

export type Word =
  | { organisations: Count }
  | { countries: Count }
  | { 'own-country': { who?: Who } }
  | {
      'in-each-country': {
        of: 'all' | 'coordinator' | { 'at-least': number; 'besides-coordinator'?: true }
        who?: Who
        needs: Quota[]
      }
    }
  | { 'at-least-as-many': { who: Who; as: Who } }
  | { everyone: { who?: Who; must: Who } }
  | { 'one-group': { who?: Who; of: string[] } }
  | {
      value: ValueLimits & {
        of: ValueName
        per?: 'month' | 'year' | 'organisation-and-year'
        who?: Who
        cases?: ValueCase[]
      }
    }
  | { answer: AnswerRule }
  | { fields: string[] }
  | { 'any-of': RuleBody[] }
  | { 'all-of': RuleBody[] }
  | { 'exactly-one-of': RuleBody[] }
  /** `advised`: the guide recommends it, and nobody has to. */
  | { 'in-the-form': true | 'advised' }
  | { assessor: true }

/** One word, perhaps under a condition. */
export type RuleBody = Word & { when?: Condition }

/** The rules that any-of, all-of and exactly-one-of are made of. */
export function partsOf(rule: RuleBody): readonly RuleBody[] {
  if ('any-of' in rule) return rule['any-of']
  if ('all-of' in rule) return rule['all-of']
  return 'exactly-one-of' in rule ? rule['exactly-one-of'] : []
}
