import type { Truth } from './lexicon.ts'
import type { Marked } from './selections.ts'
import type { Matcher, WhyNot } from './who.ts'
import type { AnswerRule, ValueName } from './vocabulary.ts'

export type RuleAnswer = 'met' | 'not-met' | 'unknown'

/** What has to be answered before a rule can be. Partner positions count from 0. */
export type Missing =
  | { of: 'partner'; partner: number; what: WhyNot }
  | { of: 'value'; name: ValueName }
  | { of: 'answer'; key: string }
  | { of: 'field' }

/** A country (index in the lexicon) that lacks something. Open: what is not known yet may be just that. */
export type LackingCountry = {
  country: number
  needs: readonly { need: number; found: number; atLeast: number }[]
  open: boolean
}

/** A `when`, as it is asked of a consortium (conditions.ts). */
export type CompiledCondition = {
  holds: (marked: Marked) => Truth
  /** What has to be known before it can be told whether it holds; asked only while that is open. */
  missing: (marked: Marked) => readonly Missing[]
  /** All full partners must be such; at least one organisation must be such. */
  only: Matcher | undefined
  some: Matcher | undefined
}

/** Limits on a number as they apply to this consortium. */
export type Limits = { oneOf?: readonly number[]; atLeast?: number; atMost?: number }

/**
 * What a rule found in a consortium: made only when it is not met, so that a check of an eligible consortium makes
 * nothing. Words are put to it later (reasons.ts).
 */
export type Finding =
  | { answer: 'met'; about: 'met' }
  | {
      answer: 'not-met' | 'unknown'
      about: 'organisations' | 'countries'
      found: number
      /** How many more might count once what is missing is known. */
      open: number
      atLeast: number | undefined
      atMost: number | undefined
      matcher: Matcher
    }
  | { answer: 'not-met' | 'unknown'; about: 'own-country'; doubled: readonly number[]; matcher: Matcher }
  | {
      answer: 'not-met' | 'unknown'
      about: 'each-country'
      lacking: readonly LackingCountry[]
      satisfied: number
      needed: number | 'all' | 'coordinator'
      needs: readonly { matcher: Matcher; atLeast: number }[]
      /** Organisations whose unknowns keep the answer open. */
      undecided: readonly number[]
    }
  | {
      answer: 'not-met' | 'unknown'
      about: 'ratio'
      found: number
      /** How many more might be of the first group. */ open: number
      needed: number
      matchers: readonly Matcher[]
    }
  | {
      answer: 'not-met' | 'unknown'
      about: 'everyone'
      /** Organisations that break the rule, and those of which it is not known. */
      breaking: readonly number[]
      undecided: readonly number[]
      who: Matcher
      must: Matcher
    }
  | {
      answer: 'not-met' | 'unknown'
      about: 'one-group'
      outside: readonly number[]
      undecided: readonly number[]
      matcher: Matcher
    }
  | {
      answer: 'not-met' | 'unknown'
      about: 'value'
      name: ValueName
      given: number | undefined
      limits: Limits
      missing: readonly Missing[]
      /** Where the limit grows with organisations: which ones. */
      growsWith?: Matcher
    }
  | { answer: 'not-met'; about: 'fields'; given: string; fields: readonly string[] }
  | {
      answer: 'not-met' | 'unknown'
      about: 'answer'
      key: string
      given: unknown
      picked: number
      rule: AnswerRule
    }
  | {
      answer: 'not-met' | 'unknown'
      about: 'any-of' | 'all-of' | 'exactly-one-of'
      parts: readonly Finding[]
    }
  /** A part of any-of whose condition does not hold. */
  | { answer: 'not-met'; about: 'not-asked'; condition: CompiledCondition }
  | { answer: 'unknown'; about: 'condition'; missing: readonly Missing[]; otherwise: Finding }
  | { answer: 'unknown'; about: 'in-the-form' | 'assessor' }

export const MET: Finding = Object.freeze({ answer: 'met', about: 'met' })
