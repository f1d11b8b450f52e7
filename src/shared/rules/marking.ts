import type { Partner } from './consortium.ts'
import {
  COORDINATOR,
  ROLE_UNKNOWN,
  countryOf,
  kindsOf,
  papersOf,
  roleOf,
  typeOf,
  type Encoded,
  type EncodedPartner
} from './encode.ts'
import { MAYBE, NO, YES, type Lexicon, type Truth } from './lexicon.ts'
import type { Marks, Matcher, Property, Test } from './who.ts'

/**
 * What 32 selections say to each value of a property that has few values: for the value v, the sure bits at 2v and
 * the possible bits at 2v + 1. An organisation is meant where all its properties say so.
 */
export type Tables = {
  role: Int32Array
  country: Int32Array
  type: Int32Array
  papers: Int32Array
  /** What has no few values, an age or the coordinator's country, is asked of each organisation. */
  oneByOne: readonly Asked[]
  /** The same for organisations whose kinds are not those of a type alone: those are asked, too. */
  withKinds: readonly Asked[]
}

type Asked = { matcher: Matcher; property: Property }

/**
 * The properties of a consortium's organisations as columns, by position: memory that is used again for the next
 * consortium. `type` is -1 where kinds are not those of a type alone.
 */
export type Columns = { role: Int32Array; country: Int32Array; type: Int32Array; papers: Int32Array }

/** Fills the columns from organisations as they were given, without making an object of each. */
export function readGiven(partners: readonly Partner[], lexicon: Lexicon, columns: Columns): void {
  const { role, country, type, papers } = columns
  for (let index = 0; index < partners.length; index++) {
    const partner = partners[index]!
    const ofType = typeOf(partner, lexicon)
    role[index] = roleOf(partner.role)
    country[index] = countryOf(partner, lexicon)
    type[index] = kindsOf(partner, ofType, lexicon).index
    papers[index] = papersOf(partner, ofType)
  }
}

export function readEncoded(partners: readonly EncodedPartner[], columns: Columns, first = 0): void {
  for (let index = first; index < partners.length; index++) {
    const { role, country, kinds, papers } = partners[index]!
    columns.role[index] = role
    columns.country[index] = country
    columns.type[index] = kinds.index
    columns.papers[index] = papers
  }
}

/** Marks the organisations at these positions. */
export function markRows(
  first: number,
  end: number,
  columns: Columns,
  of: Encoded,
  tables: Tables,
  marks: Marks
): void {
  const { role, country, type, papers, oneByOne, withKinds } = tables
  const { sure, possible, counters } = marks
  let unsure = 0
  // The first places of the counters by name: a loop as long as the carrying goes is hard to foresee for a processor.
  let ones = counters[0]!
  let twos = counters[1]!
  let fours = counters[2]!
  let eights = counters[3]!
  for (let index = first; index < end; index++) {
    const atRole = 2 * columns.role[index]!
    const atCountry = 2 * columns.country[index]!
    const atPapers = 2 * columns.papers[index]!
    const atType = 2 * columns.type[index]!
    let isSure = role[atRole]! & country[atCountry]! & papers[atPapers]!
    let isPossible = role[atRole + 1]! & country[atCountry + 1]! & papers[atPapers + 1]!
    if (atType >= 0) {
      isSure &= type[atType]!
      isPossible &= type[atType + 1]!
    }
    const asked = atType >= 0 ? oneByOne : withKinds
    for (let at = 0; at < asked.length; at++) {
      const { matcher, property } = asked[at]!
      const bit = 1 << matcher.bit
      if ((isPossible & bit) === 0) continue
      const truth = allOf(matcher.tests, property, of.partners[index]!, of)
      if (truth !== YES) isSure &= ~bit
      if (truth === NO) isPossible &= ~bit
    }
    sure[index] = isSure
    possible[index] = isPossible
    const twoMore = ones & isSure
    ones ^= isSure
    const fourMore = twos & twoMore
    twos ^= twoMore
    const eightMore = fours & fourMore
    fours ^= fourMore
    const sixteenMore = eights & eightMore
    eights ^= eightMore
    if (sixteenMore !== 0) countUp(counters, sixteenMore, 4)
    unsure |= isPossible ^ isSure
  }
  marks.unsure |= unsure
  counters[0] = ones
  counters[1] = twos
  counters[2] = fours
  counters[3] = eights
}

/** Adds the bits at a place: where one is set already, it is carried to the next. */
function countUp(counters: Int32Array, bits: number, first: number): void {
  for (let place = first, carry = bits; carry !== 0; place++) {
    const before = counters[place]!
    counters[place] = before ^ carry
    carry &= before
  }
}

/** One less for each selection whose bit is set. */
export function countDown(counters: Int32Array, bits: number): void {
  for (let place = 0, borrow = bits; borrow !== 0; place++) {
    const before = counters[place]!
    counters[place] = before ^ borrow
    borrow &= ~before
  }
}

/** What the counter of a selection says, of so many organisations. */
export function counterOf({ counters }: Marks, bit: number, organisations: number): number {
  let count =
    ((counters[0]! >>> bit) & 1) |
    (((counters[1]! >>> bit) & 1) << 1) |
    (((counters[2]! >>> bit) & 1) << 2) |
    (((counters[3]! >>> bit) & 1) << 3)
  for (let place = 4; organisations >>> place !== 0; place++) {
    count |= ((counters[place]! >>> bit) & 1) << place
  }
  return count
}

export function tablesOf(members: readonly Matcher[], lexicon: Lexicon): Tables {
  const table = (property: Property, values: number, example: (value: number) => EncodedPartner) =>
    tableOf(members, property, values, example)
  return {
    role: table('role', ROLE_UNKNOWN + 1, (role) => ({ ...anybody, role })),
    country: table('country', lexicon.countryCodes.length, (country) => ({ ...anybody, country })),
    type: table('kind', lexicon.typeKinds.length, (type) => ({
      ...anybody,
      kinds: lexicon.typeKinds[type]!
    })),
    papers: table('papers', 4 ** 4, (papers) => ({ ...anybody, papers })),
    oneByOne: askedFor('other', members),
    withKinds: [...askedFor('kind', members), ...askedFor('other', members)]
  }
}

function askedFor(property: Property, members: readonly Matcher[]): Asked[] {
  return members
    .filter(({ tests }) => tests.some(({ on }) => on === property))
    .map((matcher) => ({ matcher, property }))
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
      if (truth === YES) table[2 * value]! |= 1 << bit
      if (truth !== NO) table[2 * value + 1]! |= 1 << bit
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

const anybody: EncodedPartner = {
  index: 0,
  role: COORDINATOR,
  country: 0,
  kinds: { index: -1, sure: { low: 0, high: 0 }, maybe: { low: 0, high: 0 } },
  papers: 0,
  established: '',
  independentOf: undefined
}
