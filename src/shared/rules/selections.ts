import { notYetEncoded, type Encoded } from './encode.ts'
import type { Lexicon, Seen, Truth } from './lexicon.ts'
import {
  countDown,
  counterOf,
  markRows,
  readEncoded,
  readGiven,
  tablesOf,
  type Columns,
  type Tables
} from './marking.ts'
import type { Who } from './vocabulary.ts'
import { FULL, bothOf, compileWho, rolesOf, type Cutoffs, type Marks, type Matcher } from './who.ts'

/**
 * All selections (`who`) of an action's rules. Each is a bit: one look at an organisation tells which of them mean
 * it, and the rules only count bits. That is what makes a check of many rules cost little more than one of few.
 */
export type Selections = {
  /** Those whom both mean. */
  both: (one: Matcher, other: Matcher) => Matcher
  /** The selection, compiled; equal selections are one. `otherwise` are the roles meant when `who` names none. */
  of: (who: Who | undefined, otherwise?: number) => Matcher
  /** Looks at every organisation. What it returns holds until the next call: the memory is used again. */
  mark: (of: Encoded) => Marked
  /** Looks again at one organisation of the consortium marked last, which has changed, or is the last and has joined or gone. */
  markAgain: (of: Encoded, position: number) => void
}

/** A consortium whose organisations are marked in the matchers of one action. */
export type Marked = {
  of: Encoded
  organisations: number
  /** By position; 0 is unknown. */
  countries: Int32Array
  seen: Seen
}

const BITS = 32
const NO_MARKS = new Int32Array(0)
const nobody = {} as Encoded

type Group = { members: Matcher[]; marks: Marks; tables: Tables | undefined }

function emptyGroup(): Group {
  const counters = new Int32Array(BITS)
  const marks = { sure: NO_MARKS, possible: NO_MARKS, unsure: 0, counters }
  return { members: [], marks, tables: undefined }
}

export function selectionsOf(lexicon: Lexicon, cutoffs: Cutoffs): Selections {
  const known = new Map<string, Matcher>()
  const groups: Group[] = []
  const columns: Columns = { role: NO_MARKS, country: NO_MARKS, type: NO_MARKS, papers: NO_MARKS }
  const marked: Marked = {
    of: nobody,
    organisations: 0,
    countries: NO_MARKS,
    seen: lexicon.seen
  }

  function registered(key: string, compiled: () => Omit<Matcher, 'marks' | 'bit'>): Matcher {
    const before = known.get(key)
    if (before) return before
    let group = groups.at(-1)
    if (!group || group.members.length === BITS) groups.push((group = emptyGroup()))
    const { members, marks } = group
    const matcher = { ...compiled(), marks, bit: members.length }
    known.set(key, matcher)
    members.push(matcher)
    group.tables = undefined
    // Marks of a new group have no room yet.
    columns.role = NO_MARKS
    return matcher
  }

  return {
    of: (who, otherwise = FULL) =>
      registered(`${rolesOf(who, otherwise)} ${JSON.stringify(who ?? {})}`, () =>
        compileWho(who, lexicon, cutoffs, otherwise)
      ),
    both: (one, other) => {
      const keys = [...known].filter(([, matcher]) => matcher === one || matcher === other)
      return registered(keys.map(([key]) => key).join(' and '), () => bothOf(one, other))
    },
    mark: (of) => {
      const given = notYetEncoded(of)
      const organisations = given ? given.length : of.partners.length
      makeRoom(organisations)
      if (given) readGiven(given, lexicon, columns)
      else readEncoded(of.partners, columns, 0)
      marked.of = of
      marked.organisations = organisations
      for (const { marks, tables } of groups) {
        marks.unsure = 0
        marks.counters.fill(0)
        markRows(0, organisations, columns, of, tables!, marks)
      }
      return marked
    },
    markAgain: (of, position) => {
      const organisations = of.partners.length
      makeRoom(organisations)
      if (position < marked.organisations) {
        for (const { marks } of groups) countDown(marks.counters, marks.sure[position]!)
      }
      if (position < organisations) {
        readEncoded(of.partners, columns, position)
        for (const { marks, tables } of groups) {
          markRows(position, position + 1, columns, of, tables!, marks)
        }
      }
      marked.organisations = organisations
    }
  }

  function makeRoom(organisations: number) {
    for (const group of groups) group.tables ??= tablesOf(group.members, lexicon)
    if (organisations <= columns.role.length) return
    const room = 2 * organisations
    for (const name of ['role', 'country', 'type', 'papers'] as const) {
      columns[name] = enlarged(columns[name], room)
    }
    marked.countries = columns.country
    for (const { marks } of groups) {
      marks.sure = enlarged(marks.sure, room)
      marks.possible = enlarged(marks.possible, room)
    }
  }
}

function enlarged(numbers: Int32Array, room: number): Int32Array {
  const larger = new Int32Array(room)
  larger.set(numbers)
  return larger
}

/** Whether the selection means the organisation at the position. */
export function means({ marks, bit }: Matcher, index: number): Truth {
  return (2 * mayMean(marks, bit, index) - surelyMeans(marks, bit, index)) as Truth
}

/** Whether it is not known of somebody. */
export function isUnsure({ marks, bit }: Matcher): boolean {
  return ((marks.unsure >>> bit) & 1) !== 0
}

/** How many organisations the selection surely means. */
export function countSure({ marks, bit }: Matcher, organisations: number): number {
  return counterOf(marks, bit, organisations)
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
