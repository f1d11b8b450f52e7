import { type Encoded, type EncodedPartner } from './encode.ts'
import { MET, type Finding, type LackingCountry } from './findings.ts'
import { MAYBE, NO, YES, countryTable, type Lexicon } from './lexicon.ts'
import {
  countOpen,
  countSure,
  isUnsure,
  mayMean,
  mayMeanAnybody,
  means,
  surelyMeans,
  type Marked,
  type Selections
} from './selections.ts'
import { ANYBODY, type Matcher } from './who.ts'
import { compileAnswer, compileValue } from './words-of-numbers.ts'
import type { Count, RuleBody, Who, Word } from './vocabulary.ts'

/** What compiling a rule needs: the words of the edition, and the selections of the action so far. */
export type Context = { lexicon: Lexicon; selections: Selections; fields: readonly string[] }

export type Evaluate = (marked: Marked) => Finding

type WordOf<K extends string> = Extract<Word, Record<K, unknown>>[K & keyof Extract<Word, Record<K, unknown>>]

/** Compiles one word into a function that asks it of a consortium; `together` compiles words made of others. */
export function compileWord(
  rule: RuleBody,
  context: Context,
  together: (rule: RuleBody, context: Context) => Evaluate
): Evaluate {
  const who = context.selections.of
  if ('organisations' in rule) return organisations(rule.organisations, who(rule.organisations.who))
  if ('countries' in rule) return countries(rule.countries, who(rule.countries.who))
  if ('own-country' in rule) return ownCountry(who(rule['own-country'].who))
  if ('in-each-country' in rule) return inEachCountry(rule['in-each-country'], who)
  if ('at-least-as-many' in rule) {
    return asMany(who(rule['at-least-as-many'].who), who(rule['at-least-as-many'].as))
  }
  if ('everyone' in rule) return everyone(who(rule.everyone.who), who(rule.everyone.must, ANYBODY))
  if ('one-group' in rule) {
    const groups = rule['one-group'].of.map((set) => countryTable(context.lexicon, [set]))
    return oneGroup(who(rule['one-group'].who), groups)
  }
  if ('value' in rule) return ofConsortium(compileValue(rule.value, who(rule.value.who)))
  if ('answer' in rule) return ofConsortium(compileAnswer(rule.answer))
  if ('fields' in rule) return fields(rule.fields)
  if ('in-the-form' in rule) return () => inTheForm
  if ('assessor' in rule) return () => assessor
  return together(rule, context)
}

/** For words that look at no organisation by a selection's marks. */
function ofConsortium(evaluate: (of: Encoded) => Finding): Evaluate {
  return ({ of }) => evaluate(of)
}

const inTheForm: Finding = Object.freeze({ answer: 'unknown', about: 'in-the-form' })
const assessor: Finding = Object.freeze({ answer: 'unknown', about: 'assessor' })

/** A project that has no field yet may still choose one that is open. */
function fields(wanted: readonly string[]): Evaluate {
  return ({ of }) =>
    of.field === undefined || wanted.includes(of.field)
      ? MET
      : { answer: 'not-met', about: 'fields', given: of.field, fields: wanted }
}

function organisations(count: Count, matcher: Matcher): Evaluate {
  const atLeast = count['at-least']
  const atMost = count['at-most']
  return (marked) => {
    const { of } = marked
    const all = of.partners.length
    let found = countSure(matcher, all)
    const open = countOpen(matcher, all)
    if (count.independent && of.linksStated) found = independentGroups(of, matcher)
    return counted('organisations', found, open, atLeast, atMost, matcher)
  }
}

function countries(count: Count, matcher: Matcher): Evaluate {
  const atLeast = count['at-least']
  const atMost = count['at-most']
  return (marked) => {
    const { partners } = marked.of
    const { seen } = marked
    const { marks, bit } = matcher
    const round = ++marked.round
    let found = 0
    let anyOpen = isUnsure(matcher)
    for (let index = 0; index < partners.length; index++) {
      if (surelyMeans(marks, bit, index) === 0) continue
      const { country } = partners[index]!
      if (country === 0) anyOpen = true
      else if (seen[country] !== round) {
        seen[country] = round
        found++
      }
    }
    const open = anyOpen ? openCountries(marked, matcher) : 0
    // Organisations of unknown country count as one country at least.
    return counted('countries', found, open, atLeast, atMost, matcher)
  }
}

/** How many further countries might come from organisations that are not fully known. Uses the current round. */
function openCountries(marked: Marked, matcher: Matcher): number {
  const { seen, round } = marked
  let open = 0
  for (const [index, { country }] of marked.of.partners.entries()) {
    const truth = means(matcher, index)
    if (truth === NO) continue
    if (country === 0) open++
    else if (truth === MAYBE && seen[country] !== round) {
      seen[country] = round
      open++
    }
  }
  return open
}

function counted(
  about: 'organisations' | 'countries',
  found: number,
  open: number,
  atLeast: number | undefined,
  atMost: number | undefined,
  matcher: Matcher
): Finding {
  const low = atLeast ?? 0
  const high = atMost ?? Infinity
  if (found >= low && found + open <= high) return MET
  const answer = found > high || found + open < low ? 'not-met' : 'unknown'
  return { answer, about, found, open, atLeast, atMost, matcher }
}

/** Organisations linked to each other count as one: the number of groups among those that match. */
function independentGroups(of: Encoded, matcher: Matcher): number {
  const members = of.partners.filter((partner) => matcher.match(partner, of) === YES)
  const group = members.map((_, index) => index)
  const top = (index: number): number => (group[index] === index ? index : top(group[index]!))
  for (let a = 0; a < members.length; a++) {
    for (let b = a + 1; b < members.length; b++) {
      if (linked(members[a]!, members[b]!, of) || linked(members[b]!, members[a]!, of)) group[top(b)] = top(a)
    }
  }
  return group.filter((parent, index) => parent === index).length
}

/** Whether `one` says it is not independent of `other`; it can say so only of those it was named with. */
function linked(one: EncodedPartner, other: EncodedPartner, of: Encoded): boolean {
  if (other.index >= of.consortium.partners.length) return false
  const stated = one.independentOf
  if (stated === false) return true
  return Array.isArray(stated) && !stated.includes(other.index)
}

function ownCountry(matcher: Matcher): Evaluate {
  return (marked) => {
    const { of, seen } = marked
    const round = ++marked.round
    let repeated = false
    let open = false
    for (let index = 0; index < of.partners.length; index++) {
      const truth = means(matcher, index)
      if (truth === NO) continue
      const { country } = of.partners[index]!
      if (truth === MAYBE || country === 0) open = true
      else if (seen[country] === round) repeated = true
      else seen[country] = round
    }
    if (!repeated && !open) return MET
    const sure = of.partners.filter((partner) => matcher.match(partner, of) === YES && partner.country !== 0)
    const doubled = sure
      .filter((partner) => sure.some((other) => other !== partner && other.country === partner.country))
      .map(({ index }) => index)
    // A single organisation cannot share its country, whatever is not known of it.
    const several = of.partners.filter((partner) => matcher.match(partner, of) !== NO).length > 1
    if (!repeated && !several) return MET
    return { answer: repeated ? 'not-met' : 'unknown', about: 'own-country', doubled, matcher }
  }
}

function inEachCountry(
  rule: WordOf<'in-each-country'>,
  who: (given: Who | undefined, otherwise?: number) => Matcher
): Evaluate {
  const matcher = who(rule.who)
  const needs = rule.needs.map((need) => ({ atLeast: need['at-least'], matcher: who(need.who) }))
  const { of: scope } = rule
  const besides = typeof scope === 'object' && scope['besides-coordinator'] === true
  const needed = typeof scope === 'object' ? scope['at-least'] : scope

  return (marked) => {
    const { of } = marked
    const own = of.coordinator?.country ?? 0
    const scopeCountries =
      scope === 'coordinator' ? (own === 0 ? [] : [own]) : countriesOf(marked, matcher, besides ? own : -1)
    const lacking: LackingCountry[] = []
    let satisfied = 0
    let possible = 0
    for (const country of scopeCountries) {
      const one = lackingIn(country, needs, of)
      if (one === undefined) satisfied++
      else {
        lacking.push(one)
        if (one.open) possible++
      }
    }
    const undecided = openCountriesOf(of, matcher)
    // An organisation of unknown country may come from a country not seen yet.
    const unseen = undecided.filter((index) => of.partners[index]?.country === 0).length
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

type Need = { atLeast: number; matcher: Matcher }

/** What the country lacks; undefined when it has all that is needed. */
function lackingIn(country: number, needs: readonly Need[], of: Encoded): LackingCountry | undefined {
  let missing: LackingCountry['needs'][number][] | undefined
  let hopeless = false
  for (let need = 0; need < needs.length; need++) {
    const { atLeast, matcher } = needs[need]!
    let found = 0
    let maybe = 0
    for (let index = 0; index < of.partners.length; index++) {
      const { country: from } = of.partners[index]!
      if (from !== country && from !== 0) continue
      const truth = means(matcher, index)
      if (truth === YES && from === country) found++
      else if (truth !== NO) maybe++
    }
    if (found >= atLeast) continue
    ;(missing ??= []).push({ need, found, atLeast })
    if (found + maybe < atLeast) hopeless = true
  }
  return missing && { country, needs: missing, open: !hopeless }
}

/** Those who may belong to a country not known yet. */
function openCountriesOf(of: Encoded, matcher: Matcher): number[] {
  const open: number[] = []
  for (let index = 0; index < of.partners.length; index++) {
    const partner = of.partners[index]!
    const truth = means(matcher, index)
    if (truth === MAYBE || (truth === YES && partner.country === 0)) open.push(index)
  }
  return open
}

/** The countries of those who match, without the one left out (-1: none). */
function countriesOf(marked: Marked, matcher: Matcher, leaveOut: number): number[] {
  const { seen } = marked
  const { partners } = marked.of
  const round = ++marked.round
  const found: number[] = []
  for (let index = 0; index < partners.length; index++) {
    const { country } = partners[index]!
    if (country === 0 || country === leaveOut || seen[country] === round) continue
    if (means(matcher, index) !== YES) continue
    seen[country] = round
    found.push(country)
  }
  return found
}

function asMany(who: Matcher, as: Matcher): Evaluate {
  return ({ of }) => {
    const all = of.partners.length
    const found = countSure(who, all)
    const needed = countSure(as, all)
    if (found >= needed + countOpen(as, all)) return MET
    const open = countOpen(who, all)
    const answer = found + open >= needed ? 'unknown' : 'not-met'
    return { answer, about: 'ratio', found, open, needed, matchers: [who, as] }
  }
}

function everyone(who: Matcher, must: Matcher): Evaluate {
  return ({ of }) => {
    if (!mayMeanAnybody(who)) return MET
    const all = of.partners.length
    let failing = 0
    for (let index = 0; index < all; index++) {
      failing |= mayMean(who.marks, who.bit, index) & ~surelyMeans(must.marks, must.bit, index)
    }
    if (failing === 0) return MET
    const breaking: number[] = []
    const undecided: number[] = []
    for (let index = 0; index < all; index++) {
      const meant = means(who, index)
      if (meant === NO) continue
      const holds = means(must, index)
      if (holds === YES) continue
      if (meant === YES && holds === NO) breaking.push(index)
      else undecided.push(index)
    }
    return {
      answer: breaking.length > 0 ? 'not-met' : 'unknown',
      about: 'everyone',
      breaking,
      undecided,
      who,
      must
    }
  }
}

function oneGroup(matcher: Matcher, groups: readonly Uint8Array[]): Evaluate {
  const every = 2 ** groups.length - 1
  return (marked) => {
    const { partners } = marked.of
    let common = every
    let outside: number[] | undefined
    let undecided: number[] | undefined
    for (let index = 0; index < partners.length; index++) {
      const partner = partners[index]!
      const truth = means(matcher, index)
      if (truth === NO) continue
      if (truth === MAYBE || partner.country === 0) {
        ;(undecided ??= []).push(index)
        continue
      }
      let mine = 0
      for (let group = 0; group < groups.length; group++)
        if (groups[group]![partner.country] === YES) mine |= 1 << group
      if ((common & mine) === 0) (outside ??= []).push(index)
      else common &= mine
    }
    if (outside)
      return { answer: 'not-met', about: 'one-group', outside, undecided: undecided ?? [], matcher }
    return undecided ? { answer: 'unknown', about: 'one-group', outside: [], undecided, matcher } : MET
  }
}
