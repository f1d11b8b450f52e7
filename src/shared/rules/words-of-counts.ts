import type { Evaluate } from './compiling.ts'
import type { Encoded, EncodedPartner } from './encode.ts'
import { MET, type Finding } from './findings.ts'
import { MAYBE, NO, YES } from './lexicon.ts'
import { countOpen, countSure, isUnsure, means, surelyMeans, type Marked } from './selections.ts'
import type { Count } from './vocabulary.ts'
import type { Matcher } from './who.ts'

export function organisations(count: Count, matcher: Matcher): Evaluate {
  const atLeast = count['at-least']
  const atMost = count['at-most']
  return (marked) => {
    const { of, organisations: all } = marked
    let found = countSure(matcher, all)
    const open = countOpen(matcher, all)
    if (count.independent && of.linksStated) found = independentGroups(of, matcher)
    return counted('organisations', found, open, atLeast, atMost, matcher)
  }
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

export function countries(count: Count, matcher: Matcher): Evaluate {
  const atLeast = count['at-least']
  const atMost = count['at-most']
  const enough = atMost === undefined ? atLeast : undefined
  return (marked) => {
    const { countries, seen } = marked
    const { rounds } = seen
    const { marks, bit } = matcher
    const round = ++seen.round
    let found = 0
    let anyOpen = isUnsure(matcher)
    for (let index = 0; index < marked.organisations; index++) {
      if (surelyMeans(marks, bit, index) === 0) continue
      const country = countries[index]!
      if (country === 0) anyOpen = true
      else if (rounds[country] !== round) {
        rounds[country] = round
        if (++found === enough) return MET
      }
    }
    const open = anyOpen ? openCountries(marked, matcher) : 0
    // Organisations of unknown country count as one country at least.
    return counted('countries', found, open, atLeast, atMost, matcher)
  }
}

/** How many further countries might come from organisations that are not fully known. Uses the current round. */
function openCountries(marked: Marked, matcher: Matcher): number {
  const { countries, seen } = marked
  const { rounds, round } = seen
  let open = 0
  for (let index = 0; index < marked.organisations; index++) {
    const truth = means(matcher, index)
    if (truth === NO) continue
    const country = countries[index]!
    if (country === 0) open++
    else if (truth === MAYBE && rounds[country] !== round) {
      rounds[country] = round
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

export function asMany(who: Matcher, as: Matcher): Evaluate {
  return ({ organisations: all }) => {
    const found = countSure(who, all)
    const needed = countSure(as, all)
    if (found >= needed + countOpen(as, all)) return MET
    const open = countOpen(who, all)
    const answer = found + open >= needed ? 'unknown' : 'not-met'
    return { answer, about: 'ratio', found, open, needed, matchers: [who, as] }
  }
}
