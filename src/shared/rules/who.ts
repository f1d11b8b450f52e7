import {
  AFFILIATED,
  ASSOCIATED,
  CHARTER,
  COORDINATOR,
  EUROPEAN_NGO,
  LEFT_OUT,
  NON_PROFIT,
  PARTNER,
  PUBLIC,
  ROLE_UNKNOWN,
  proves,
  roleBits,
  type Encoded,
  type EncodedPartner
} from './encode.ts'
import { MAYBE, NO, YES, countryTable, maskOf, type KindMask, type Lexicon, type Truth } from './lexicon.ts'
import type { Who } from './vocabulary.ts'

/** Why an organisation does not count: the first thing about it that does not fit. */
export type WhyNot =
  | 'role'
  | 'kind'
  | 'country'
  | 'charter'
  | 'non-profit'
  | 'public'
  | 'european-ngo'
  | 'age'
  | 'coordinator-country'

/** What a test looks at; `other` is what has no few values, or is not the organisation's own. */
export type Property = 'role' | 'kind' | 'country' | 'papers' | 'other'

export type Test = {
  why: WhyNot
  on: Property
  test: (partner: EncodedPartner, of: Encoded) => Truth
}

/**
 * What 32 selections say of each organisation of a consortium, by position: those that surely mean it, and those that
 * may once everything is known (the sure ones among them).
 */
export type Marks = {
  sure: Int32Array
  possible: Int32Array
  /** The selections of which it is not known for somebody; it only spares work, so too many of them is no harm. */
  unsure: number
  /**
   * How many each selection surely means. The 32 counters stand upright, so that all are added to at once: bit b of
   * counters[0] is the ones of counter b, bit b of counters[1] its twos, and so on.
   */
  counters: Int32Array
}

/** A compiled `who`: asks of one organisation whether it is meant. */
export type Matcher = {
  who: Who
  /** All of it, as single tests. */
  tests: readonly Test[]
  /** Where the answer stands once a consortium is marked (selections.ts): which bit of which marks. */
  marks: Marks
  bit: number
  match: (partner: EncodedPartner, of: Encoded) => Truth
  /** The first thing that does not fit (`sure`) or is not known; undefined when it fits. */
  whyNot: (partner: EncodedPartner, of: Encoded) => { why: WhyNot; sure: boolean } | undefined
}

/** Days before which an organisation must be established, for the earliest and the latest deadline of a field. */
export type Cutoffs = (
  months: number,
  field: string | undefined
) => { earliest: string; latest: string } | undefined

export const FULL = COORDINATOR | PARTNER
export const ANYBODY = COORDINATOR | PARTNER | ASSOCIATED | AFFILIATED

/** The roles meant, as a mask. */
export function rolesOf(who: Who | undefined, otherwise: number): number {
  return who?.roles ? who.roles.reduce((mask, role) => mask | roleBits[role], 0) : otherwise
}

/** `otherwise` are the roles meant when `who` names none. */
export function compileWho(
  who: Who | undefined,
  lexicon: Lexicon,
  cutoffs: Cutoffs,
  otherwise: number
): Omit<Matcher, 'marks' | 'bit'> {
  const given = who ?? {}
  const roles = rolesOf(who, otherwise)
  const kinds = given.are ? maskOf(given.are, lexicon.kindIndex) : undefined
  const inside = given.in ? countryTable(lexicon, given.in) : undefined
  const others = otherTests(given, lexicon, cutoffs)

  // The three tests nearly every rule uses are written out; the rare ones are a list.
  const match = (partner: EncodedPartner, of: Encoded): Truth => {
    let answer: Truth = YES
    if ((roles & partner.role) === 0) {
      if (partner.role !== ROLE_UNKNOWN) return NO
      answer = MAYBE
    }
    if (kinds !== undefined && !overlap(kinds, partner.kinds.sure)) {
      if (!overlap(kinds, partner.kinds.maybe)) return NO
      answer = MAYBE
    }
    if (inside !== undefined) {
      const there = inside[partner.country] as Truth
      if (there === NO) return NO
      if (there === MAYBE) answer = MAYBE
    }
    for (let index = 0; index < others.length; index++) {
      const one = others[index]!.test(partner, of)
      if (one === NO) return NO
      if (one === MAYBE) answer = MAYBE
    }
    return answer
  }

  const all: Test[] = [
    {
      why: 'role',
      on: 'role',
      test: (partner) => ((roles & partner.role) !== 0 ? YES : partner.role === ROLE_UNKNOWN ? MAYBE : NO)
    },
    ...(kinds ? [kindTest((partner) => isOneOf(kinds, partner))] : []),
    ...(inside ? [countryTest((partner) => inside[partner.country] as Truth)] : []),
    ...others
  ]
  const whyNot = (partner: EncodedPartner, of: Encoded) => {
    if (partner.role === LEFT_OUT) return { why: 'role' as const, sure: true }
    const failed =
      all.find(({ test }) => test(partner, of) === NO) ?? all.find(({ test }) => test(partner, of) === MAYBE)
    return failed && { why: failed.why, sure: failed.test(partner, of) === NO }
  }
  return { who: given, tests: all, match, whyNot }
}

/** Those whom both selections mean. */
export function bothOf(one: Matcher, other: Matcher): Omit<Matcher, 'marks' | 'bit'> {
  return {
    who: one.who,
    tests: [...one.tests, ...other.tests],
    match: (partner, of) => {
      const first = one.match(partner, of)
      const second = first === NO ? NO : other.match(partner, of)
      return second === NO ? NO : first === MAYBE ? MAYBE : second
    },
    whyNot: (partner, of) => one.whyNot(partner, of) ?? other.whyNot(partner, of)
  }
}

function otherTests(who: Who, lexicon: Lexicon, cutoffs: Cutoffs): Test[] {
  const tests: Test[] = []
  if (who['are-not']) {
    const kinds = maskOf(who['are-not'], lexicon.kindIndex)
    tests.push(kindTest((partner) => not(isOneOf(kinds, partner))))
  }
  if (who['not-in']) {
    const outside = countryTable(lexicon, who['not-in'])
    tests.push(countryTest((partner) => not(outside[partner.country] as Truth)))
  }
  if (who.charter) tests.push({ why: 'charter', on: 'papers', test: (partner) => proves(partner, CHARTER) })
  if (who['non-profit'])
    tests.push({ why: 'non-profit', on: 'papers', test: (partner) => proves(partner, NON_PROFIT) })
  if (who.public) tests.push({ why: 'public', on: 'papers', test: (partner) => proves(partner, PUBLIC) })
  if (who['european-ngo'] !== undefined) {
    const wanted = who['european-ngo']
    tests.push({
      why: 'european-ngo',
      on: 'papers',
      test: (partner) => (wanted ? proves(partner, EUROPEAN_NGO) : not(proves(partner, EUROPEAN_NGO)))
    })
  }
  if (who['established-months'] !== undefined) {
    const months = who['established-months']
    const byField = new Map<string | undefined, ReturnType<Cutoffs>>()
    tests.push({
      why: 'age',
      on: 'other',
      test: ({ established }, { field }) => {
        if (!byField.has(field)) byField.set(field, cutoffs(months, field))
        const cutoff = byField.get(field)
        if (established === '' || cutoff === undefined) return MAYBE
        return established <= cutoff.earliest ? YES : established > cutoff.latest ? NO : MAYBE
      }
    })
  }
  if (who.country !== undefined) {
    const same = who.country === 'of-the-coordinator'
    tests.push({
      why: 'coordinator-country',
      on: 'other',
      test: (partner, of) => {
        const own = of.coordinator?.country ?? 0
        if (own === 0 || partner.country === 0) return MAYBE
        return (own === partner.country) === same ? YES : NO
      }
    })
  }
  return tests
}

function kindTest(test: Test['test']): Test {
  return { why: 'kind', on: 'kind', test }
}

function countryTest(test: Test['test']): Test {
  return { why: 'country', on: 'country', test }
}

function isOneOf(wanted: KindMask, { kinds }: EncodedPartner): Truth {
  if (overlap(wanted, kinds.sure)) return YES
  return overlap(wanted, kinds.maybe) ? MAYBE : NO
}

function overlap(one: KindMask, other: KindMask): boolean {
  return ((one.low & other.low) | (one.high & other.high)) !== 0
}

function not(truth: Truth): Truth {
  return truth === YES ? NO : truth === NO ? YES : MAYBE
}
