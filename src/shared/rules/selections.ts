import { COORDINATOR, ROLE_UNKNOWN, type Encoded, type EncodedPartner } from './encode.ts'
import { MAYBE, NO, YES, type Lexicon, type Truth } from './lexicon.ts'
import type { Who } from './vocabulary.ts'
import { FULL, compileWho, rolesOf, type Cutoffs, type Matcher, type Property, type Test } from './who.ts'

/**
 * All selections (`who`) of an action's rules. Each is a bit: one look at an organisation tells which of them mean
 * it, and the rules only count bits. That is what makes a check of many rules cost little more than one of few.
 */
export type Selections = {
  /** The selection, compiled; equal selections are one. `otherwise` are the roles meant when `who` names none. */
  of: (who: Who | undefined, otherwise?: number) => Matcher
  /** Looks at every organisation. What it returns holds until the next call: the memory is used again. */
  mark: (of: Encoded) => Marked
}

/** A consortium with, for each organisation, which selections of one action mean it. */
export type Marked = {
  of: Encoded
  /** By word of 32 selections, then by position: the bits of selections that surely mean the organisation. */
  sure: Int32Array[]
  /** The bits of selections that may mean it once everything is known; the sure ones among them. */
  possible: Int32Array[]
  /** Scratch: country → the last round of counting that saw it. Doubles, because rounds outgrow 32 bits. */
  seen: Float64Array
  round: number
}

/** Whether the selection means the organisation at the position. */
export function means({ sure, possible }: Marked, { word, bit }: Matcher, index: number): Truth {
  if ((sure[word]![index]! & bit) !== 0) return YES
  return (possible[word]![index]! & bit) !== 0 ? MAYBE : NO
}

const BITS = 32

export function selectionsOf(lexicon: Lexicon, cutoffs: Cutoffs): Selections {
  const matchers: Matcher[] = []
  const known = new Map<string, Matcher>()
  const marked: Marked = {
    of: undefined as unknown as Encoded,
    sure: [],
    possible: [],
    seen: new Float64Array(lexicon.countryCodes.length),
    round: 0
  }
  let words: WordTables[] = []
  let places = 0

  return {
    of: (who, otherwise = FULL) => {
      const key = `${rolesOf(who, otherwise)} ${JSON.stringify(who ?? {})}`
      let matcher = known.get(key)
      if (!matcher) {
        const at = matchers.length
        matcher = {
          ...compileWho(who, lexicon, cutoffs, otherwise),
          word: Math.floor(at / BITS),
          bit: 1 << (at % BITS)
        }
        known.set(key, matcher)
        matchers.push(matcher)
        words = []
      }
      return matcher
    },
    mark: (of) => {
      const count = of.partners.length
      if (words.length === 0) {
        words = tablesOf(matchers, lexicon)
        places = 0
      }
      if (places < count) {
        places = 2 * count
        marked.sure = words.map(() => new Int32Array(places))
        marked.possible = words.map(() => new Int32Array(places))
      }
      marked.of = of
      for (let word = 0; word < words.length; word++) {
        markWord(of, words[word]!, marked.sure[word]!, marked.possible[word]!)
      }
      return marked
    }
  }
}

/**
 * What 32 selections say to each value of a property that has few values: for the value v, the sure bits at 2v and
 * the possible bits at 2v + 1. An organisation is meant where all its properties say so.
 */
type WordTables = {
  role: Int32Array
  country: Int32Array
  type: Int32Array
  papers: Int32Array
  /** Selections that look at kinds, for organisations whose kinds are not those of a type alone. */
  byKind: readonly Matcher[]
  /** Selections that look at what has no few values: an age, the coordinator's country. */
  oneByOne: readonly Matcher[]
}

function markWord(of: Encoded, tables: WordTables, sure: Int32Array, possible: Int32Array): void {
  const { role, country, type, papers, byKind, oneByOne } = tables
  const { partners } = of
  for (let index = 0; index < partners.length; index++) {
    const partner = partners[index]!
    const atRole = 2 * partner.role
    const atCountry = 2 * partner.country
    const atPapers = 2 * papersOf(partner)
    let isSure = role[atRole]! & country[atCountry]! & papers[atPapers]!
    let isPossible = role[atRole + 1]! & country[atCountry + 1]! & papers[atPapers + 1]!
    if (partner.typeIndex >= 0) {
      isSure &= type[2 * partner.typeIndex]!
      isPossible &= type[2 * partner.typeIndex + 1]!
    } else {
      for (let at = 0; at < byKind.length && isPossible !== 0; at++) {
        const { tests, bit } = byKind[at]!
        const truth = allOf(tests, 'kind', partner, of)
        if (truth !== YES) isSure &= ~bit
        if (truth === NO) isPossible &= ~bit
      }
    }
    for (let at = 0; at < oneByOne.length; at++) {
      const { tests, bit } = oneByOne[at]!
      if ((isPossible & bit) === 0) continue
      const truth = allOf(tests, 'other', partner, of)
      if (truth !== YES) isSure &= ~bit
      if (truth === NO) isPossible &= ~bit
    }
    sure[index] = isSure
    possible[index] = isPossible
  }
}

function tablesOf(matchers: readonly Matcher[], lexicon: Lexicon): WordTables[] {
  const words: Matcher[][] = []
  for (const matcher of matchers) (words[matcher.word] ??= []).push(matcher)
  return words.map((members) => {
    const table = (property: Property, values: number, example: (value: number) => EncodedPartner) =>
      tableOf(members, property, values, example)
    return {
      role: table('role', ROLE_UNKNOWN + 1, (role) => ({ ...anybody, role })),
      country: table('country', lexicon.countryCodes.length, (country) => ({ ...anybody, country })),
      type: table('kind', lexicon.typeKinds.length, (typeIndex) => {
        const { sure, maybe } = lexicon.typeKinds[typeIndex]!
        return {
          ...anybody,
          sureLow: sure.low,
          sureHigh: sure.high,
          maybeLow: maybe.low,
          maybeHigh: maybe.high
        }
      }),
      papers: table('papers', 81, withPapers),
      byKind: members.filter(({ tests }) => tests.some(({ on }) => on === 'kind')),
      oneByOne: members.filter(({ tests }) => tests.some(({ on }) => on === 'other'))
    }
  })
}

function tableOf(
  members: readonly Matcher[],
  property: Property,
  values: number,
  example: (value: number) => EncodedPartner
): Int32Array {
  const table = new Int32Array(2 * values)
  for (let value = 0; value < values; value++) {
    const partner = example(value)
    for (const { tests, bit } of members) {
      const truth = allOf(tests, property, partner)
      if (truth === YES) table[2 * value]! |= bit
      if (truth !== NO) table[2 * value + 1]! |= bit
    }
  }
  return table
}

/** What the tests of one property say together. Only `other` looks at the rest of the consortium. */
function allOf(tests: readonly Test[], property: Property, partner: EncodedPartner, of?: Encoded): Truth {
  let answer: Truth = YES
  for (const { on, test } of tests) {
    if (on !== property) continue
    const truth = test(partner, of!)
    if (truth === NO) return NO
    if (truth === MAYBE) answer = MAYBE
  }
  return answer
}

/** Four answers of three kinds as one number below 81. */
function papersOf(partner: EncodedPartner): number {
  return partner.charter + 3 * partner.nonProfit + 9 * partner.public + 27 * partner.europeanNgo
}

function withPapers(papers: number): EncodedPartner {
  const digit = (place: number) => (Math.floor(papers / place) % 3) as Truth
  return {
    ...anybody,
    charter: digit(1),
    nonProfit: digit(3),
    public: digit(9),
    europeanNgo: digit(27)
  }
}

const anybody: EncodedPartner = {
  index: 0,
  role: COORDINATOR,
  country: 0,
  typeIndex: -1,
  sureLow: 0,
  sureHigh: 0,
  maybeLow: 0,
  maybeHigh: 0,
  charter: NO,
  nonProfit: NO,
  public: NO,
  europeanNgo: NO,
  established: '',
  independentOf: undefined
}
