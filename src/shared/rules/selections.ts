import { COORDINATOR, ROLE_UNKNOWN, type Encoded, type EncodedPartner } from './encode.ts'
import { MAYBE, NO, YES, type Lexicon, type Truth } from './lexicon.ts'
import type { Who } from './vocabulary.ts'
import {
  FULL,
  compileWho,
  rolesOf,
  type Cutoffs,
  type Marks,
  type Matcher,
  type Property,
  type Test
} from './who.ts'

/**
 * All selections (`who`) of an action's rules. Each is a bit: one look at an organisation tells which of them mean
 * it, and the rules only count bits. That is what makes a check of many rules cost little more than one of few.
 */
export type Selections = {
  /** The selection, compiled; equal selections are one. `otherwise` are the roles meant when `who` names none. */
  of: (who: Who | undefined, otherwise?: number) => Matcher
  /** Looks at every organisation. What it returns holds until the next call: the memory is used again. */
  mark: (of: Encoded) => Marked
  /** Looks again at one organisation of the consortium marked last, which has changed or has joined. */
  markAgain: (of: Encoded, position: number) => Marked
}

/** A consortium whose organisations are marked in the matchers of one action. */
export type Marked = {
  of: Encoded
  /** Scratch: country → the last round of counting that saw it. Doubles, because rounds outgrow 32 bits. */
  seen: Float64Array
  round: number
}

const BITS = 32
const NO_MARKS = new Int32Array(0)
const nobody = {} as Encoded

export function selectionsOf(lexicon: Lexicon, cutoffs: Cutoffs): Selections {
  const known = new Map<string, Matcher>()
  const groups: { members: Matcher[]; marks: Marks; tables: Tables | undefined }[] = []
  const marked: Marked = { of: nobody, seen: new Float64Array(lexicon.countryCodes.length), round: 0 }

  return {
    of: (who, otherwise = FULL) => {
      const key = `${rolesOf(who, otherwise)} ${JSON.stringify(who ?? {})}`
      const before = known.get(key)
      if (before) return before
      let group = groups.at(-1)
      if (!group || group.members.length === BITS) {
        group = {
          members: [],
          marks: { sure: NO_MARKS, possible: NO_MARKS, anybody: 0, unsure: 0 },
          tables: undefined
        }
        groups.push(group)
      }
      const { members, marks } = group
      const matcher = { ...compileWho(who, lexicon, cutoffs, otherwise), marks, bit: members.length }
      known.set(key, matcher)
      members.push(matcher)
      group.tables = undefined
      return matcher
    },
    mark: (of) => {
      for (const group of groups) {
        group.tables ??= tablesOf(group.members, lexicon)
        makeRoom(group.marks, of.partners.length)
        group.marks.anybody = group.marks.unsure = 0
        markFrom(0, of.partners.length, of, group.tables, group.marks)
      }
      marked.of = of
      return marked
    },
    markAgain: (of, position) => {
      for (const { marks, tables } of groups) {
        makeRoom(marks, of.partners.length)
        markFrom(position, position + 1, of, tables!, marks)
      }
      return marked
    }
  }
}

function makeRoom(marks: Marks, organisations: number): void {
  if (marks.sure.length >= organisations) return
  const { sure, possible } = marks
  marks.sure = new Int32Array(2 * organisations)
  marks.possible = new Int32Array(2 * organisations)
  marks.sure.set(sure)
  marks.possible.set(possible)
}

/** Whether the selection means the organisation at the position. */
export function means({ marks, bit }: Matcher, index: number): Truth {
  return (2 * mayMean(marks, bit, index) - surelyMeans(marks, bit, index)) as Truth
}

/** Whether the selection may mean anybody. */
export function mayMeanAnybody({ marks, bit }: Matcher): boolean {
  return ((marks.anybody >>> bit) & 1) !== 0
}

/** Whether it is not known of somebody. */
export function isUnsure({ marks, bit }: Matcher): boolean {
  return ((marks.unsure >>> bit) & 1) !== 0
}

/** How many organisations the selection surely means. */
export function countSure({ marks, bit }: Matcher, organisations: number): number {
  let count = 0
  for (let index = 0; index < organisations; index++) count += surelyMeans(marks, bit, index)
  return count
}

/** How many more it may mean once everything is known. */
export function countOpen(matcher: Matcher, organisations: number): number {
  if (!isUnsure(matcher)) return 0
  const { marks, bit } = matcher
  let count = 0
  for (let index = 0; index < organisations; index++) {
    count += mayMean(marks, bit, index) - surelyMeans(marks, bit, index)
  }
  return count
}

/** 1 or 0, so that counting need not ask: whether an organisation is meant is hard to foresee for a processor. */
export function surelyMeans({ sure }: Marks, bit: number, index: number): number {
  return (sure[index]! >>> bit) & 1
}

export function mayMean({ possible }: Marks, bit: number, index: number): number {
  return (possible[index]! >>> bit) & 1
}

/**
 * What 32 selections say to each value of a property that has few values: for the value v, the sure bits at 2v and
 * the possible bits at 2v + 1. An organisation is meant where all its properties say so.
 */
type Tables = {
  role: Int32Array
  country: Int32Array
  type: Int32Array
  papers: Int32Array
  /** Selections that look at kinds, for organisations whose kinds are not those of a type alone. */
  byKind: readonly Matcher[]
  /** Selections that look at what has no few values: an age, the coordinator's country. */
  oneByOne: readonly Matcher[]
}

/** Marks the organisations at these positions. */
function markFrom(first: number, end: number, of: Encoded, tables: Tables, marks: Marks): void {
  const { sure, possible } = marks
  let anybodyMeant = 0
  let unsure = 0
  const { role, country, type, papers, byKind, oneByOne } = tables
  const { partners } = of
  for (let index = first; index < end; index++) {
    const partner = partners[index]!
    const atRole = 2 * partner.role
    const atCountry = 2 * partner.country
    const atPapers = 2 * partner.papers
    let isSure = role[atRole]! & country[atCountry]! & papers[atPapers]!
    let isPossible = role[atRole + 1]! & country[atCountry + 1]! & papers[atPapers + 1]!
    const atType = 2 * partner.kinds.index
    if (atType >= 0) {
      isSure &= type[atType]!
      isPossible &= type[atType + 1]!
    } else {
      for (let at = 0; at < byKind.length && isPossible !== 0; at++) {
        const { tests, bit } = byKind[at]!
        const truth = allOf(tests, 'kind', partner, of)
        if (truth !== YES) isSure &= ~(1 << bit)
        if (truth === NO) isPossible &= ~(1 << bit)
      }
    }
    for (let at = 0; at < oneByOne.length; at++) {
      const { tests, bit } = oneByOne[at]!
      if (((isPossible >>> bit) & 1) === 0) continue
      const truth = allOf(tests, 'other', partner, of)
      if (truth !== YES) isSure &= ~(1 << bit)
      if (truth === NO) isPossible &= ~(1 << bit)
    }
    sure[index] = isSure
    possible[index] = isPossible
    anybodyMeant |= isPossible
    unsure |= isPossible ^ isSure
  }
  marks.anybody |= anybodyMeant
  marks.unsure |= unsure
}

function tablesOf(members: readonly Matcher[], lexicon: Lexicon): Tables {
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
    byKind: members.filter(({ tests }) => tests.some(({ on }) => on === 'kind')),
    oneByOne: members.filter(({ tests }) => tests.some(({ on }) => on === 'other'))
  }
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
