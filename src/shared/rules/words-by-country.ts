import type { Evaluate } from './compiling.ts'
import { MET, type Finding, type LackingCountry } from './findings.ts'
import { MAYBE, NO, YES, type Lexicon } from './lexicon.ts'
import { countOpen, countSure, isUnsure, mayMean, means, surelyMeans, type Marked } from './selections.ts'
import type { Who, Word } from './vocabulary.ts'
import type { Matcher } from './who.ts'

type EachCountry = Extract<Word, { 'in-each-country': unknown }>['in-each-country']

export function ownCountry(matcher: Matcher, lexicon: Lexicon): Evaluate {
  const tally = tallyOf(matcher, lexicon)
  return (marked) => {
    const { organisations: all, countries } = marked
    count(tally, marked)
    let doubled: number[] | undefined
    let open = isUnsure(matcher)
    for (let index = 0; index < all; index++) {
      if (surelyMeans(matcher.marks, matcher.bit, index) === 0) continue
      const country = countries[index]!
      if (country === 0) open = true
      else if (tally.sure[country]! > 1) (doubled ??= []).push(index)
    }
    if (doubled) return { answer: 'not-met', about: 'own-country', doubled, matcher }
    // A single organisation cannot share its country, whatever is not known of it.
    if (!open || countSure(matcher, all) + countOpen(matcher, all) <= 1) return MET
    return { answer: 'unknown', about: 'own-country', doubled: [], matcher }
  }
}

export function inEachCountry(
  rule: EachCountry,
  who: (given: Who | undefined, otherwise?: number) => Matcher,
  lexicon: Lexicon
): Evaluate {
  const matcher = who(rule.who)
  const needs = rule.needs.map((need) => ({ atLeast: need['at-least'], matcher: who(need.who) }))
  const tallies = needs.map((need) => tallyOf(need.matcher, lexicon))
  const { of: scope } = rule
  const besides = typeof scope === 'object' && scope['besides-coordinator'] === true
  const needed = typeof scope === 'object' ? scope['at-least'] : scope

  return (marked) => {
    const own = besides || scope === 'coordinator' ? (marked.of.coordinator?.country ?? 0) : 0
    const scopeCountries =
      scope === 'coordinator' ? (own === 0 ? [] : [own]) : countriesOf(marked, matcher, besides ? own : -1)
    const lacking: LackingCountry[] = []
    let satisfied = 0
    let possible = 0
    if (scopeCountries.length > 0) for (const tally of tallies) count(tally, marked)
    for (const country of scopeCountries) {
      const one = lackingIn(country, needs, tallies)
      if (one === undefined) satisfied++
      else {
        lacking.push(one)
        if (one.open) possible++
      }
    }
    const undecided = openCountriesOf(marked, matcher)
    // An organisation of unknown country may come from a country not seen yet.
    const unseen = undecided.filter((index) => marked.countries[index] === 0).length
    let answer: Finding['answer']
    if (needed === 'all') {
      if (lacking.length === 0 && undecided.length === 0) return MET
      answer = lacking.length - possible > 0 ? 'not-met' : 'unknown'
    } else if (needed === 'coordinator') {
      if (satisfied === 1) return MET
      answer = own === 0 || possible === 1 ? 'unknown' : 'not-met'
    } else {
      if (satisfied >= needed) return MET
      answer = satisfied + possible + unseen >= needed ? 'unknown' : 'not-met'
    }
    return { answer, about: 'each-country', lacking, satisfied, needed, needs, undecided }
  }
}

/** The countries of those who match, without the one left out (-1: none). */
function countriesOf(marked: Marked, matcher: Matcher, leaveOut: number): number[] {
  const { countries, seen } = marked
  const { rounds } = seen
  const round = ++seen.round
  const found: number[] = []
  for (let index = 0; index < marked.organisations; index++) {
    const country = countries[index]!
    if (country === 0 || country === leaveOut || rounds[country] === round) continue
    if (means(matcher, index) !== YES) continue
    rounds[country] = round
    found.push(country)
  }
  return found
}

/** What the country lacks; undefined when it has all that is needed. */
function lackingIn(
  country: number,
  needs: readonly { atLeast: number }[],
  tallies: readonly Tally[]
): LackingCountry | undefined {
  let missing: LackingCountry['needs'][number][] | undefined
  let hopeless = false
  for (let need = 0; need < tallies.length; need++) {
    const { atLeast } = needs[need]!
    const { sure, possible, anywhere } = tallies[need]!
    const found = sure[country]!
    if (found >= atLeast) continue
    ;(missing ??= []).push({ need, found, atLeast })
    if (possible[country]! + anywhere < atLeast) hopeless = true
  }
  return missing && { country, needs: missing, open: !hopeless }
}

/** Those who may belong to a country not known yet. */
function openCountriesOf({ organisations, countries }: Marked, matcher: Matcher): number[] {
  const open: number[] = []
  for (let index = 0; index < organisations; index++) {
    const truth = means(matcher, index)
    if (truth === MAYBE || (truth === YES && countries[index] === 0)) open.push(index)
  }
  return open
}

/** How many of a selection each country has, counted for all countries in one pass. */
type Tally = {
  matcher: Matcher
  /** By country; right for the countries of the consortium counted last. */
  sure: Int32Array
  possible: Int32Array
  /** Those who may be of any country. */
  anywhere: number
}

function tallyOf(matcher: Matcher, { countryCodes }: Lexicon): Tally {
  const { length } = countryCodes
  return { matcher, sure: new Int32Array(length), possible: new Int32Array(length), anywhere: 0 }
}

function count(tally: Tally, { organisations, countries }: Marked): void {
  const { sure, possible, matcher } = tally
  const { marks, bit } = matcher
  sure[0] = possible[0] = 0
  for (let index = 0; index < organisations; index++) {
    const country = countries[index]!
    sure[country] = possible[country] = 0
  }
  for (let index = 0; index < organisations; index++) {
    const country = countries[index]!
    sure[country]! += surelyMeans(marks, bit, index)
    possible[country]! += mayMean(marks, bit, index)
  }
  tally.anywhere = possible[0]!
}

export function oneGroup(matcher: Matcher, groups: readonly Uint8Array[]): Evaluate {
  const every = 2 ** groups.length - 1
  return (marked) => {
    const { organisations, countries } = marked
    let common = every
    let outside: number[] | undefined
    let undecided: number[] | undefined
    for (let index = 0; index < organisations; index++) {
      const country = countries[index]!
      const truth = means(matcher, index)
      if (truth === NO) continue
      if (truth === MAYBE || country === 0) {
        ;(undecided ??= []).push(index)
        continue
      }
      let mine = 0
      for (let group = 0; group < groups.length; group++)
        if (groups[group]![country] === YES) mine |= 1 << group
      if ((common & mine) === 0) (outside ??= []).push(index)
      else common &= mine
    }
    if (outside)
      return { answer: 'not-met', about: 'one-group', outside, undecided: undecided ?? [], matcher }
    return undecided ? { answer: 'unknown', about: 'one-group', outside: [], undecided, matcher } : MET
  }
}
