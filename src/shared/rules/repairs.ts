import { additionClasses } from './additions.ts'
import { addedCoordinator, apply, changeKey, draftOf, numbering, type Change } from './changes.ts'
import type { CompiledAction, CompiledRule } from './check.ts'
import type { Consortium } from './consortium.ts'
import { LEFT_OUT, PARTNER, encode, isEncoded, type Encoded } from './encode.ts'
import type { Finding } from './findings.ts'
import { lowerBound } from './lower-bound.ts'
import { mergeAlike, type Repair, type RepairChange } from './merge-repairs.ts'
import { breakpointsOf, changesAgainst, relevantChanges, type RepairSpace } from './relevant-changes.ts'
import type { Marked, Selections } from './selections.ts'

export type { Repair, RepairChange } from './merge-repairs.ts'

/** The smallest sets of changes after which no blocking rule is not met. */
export type Repairs = {
  /** Number of changes in each set; 0 when nothing has to change. Where the search was cut short, at least so many. */
  size: number
  /** The easiest first; at most `limit`. */
  sets: Repair[]
  /** Classes of like sets in all; when not `complete`, at least so many. */
  total: number
  complete: boolean
  /** No set was found within the bounds of the search. */
  none: boolean
}

/** How far the search goes: classes shown, changes in a set, sets gathered, and work (changes tried x organisations). */
export type Bounds = { limit: number; maxChanges: number; maxSets: number; maxWork: number }

const bounds: Bounds = { limit: 20, maxChanges: 16, maxSets: 600, maxWork: 100_000 } // not of a guide: work of a search

/** Compiled once an action: finds the fewest changes for any consortium. */
export function compileRepairs(
  action: CompiledAction
): (given: Consortium | Encoded, own?: Partial<Bounds>) => Repairs {
  const classes = additionClasses(action)
  const numbers = breakpointsOf(action.spec)
  const blocking = blockingOf(action)
  return (given, own) => {
    const encoded = isEncoded(given) ? given : encode(given, action.lexicon)
    const space: RepairSpace = { classes, ...numbers, given: encoded.partners.length }
    return fewestChanges(blocking, encoded, space, { ...bounds, ...own })
  }
}

/** Whether any of the rules is not met after the changes; the changes are made on a copy. */
export function notMetAfter(
  action: CompiledAction,
  encoded: Encoded,
  changes: readonly Change[]
): CompiledRule[] {
  const draft = draftOf(encoded)
  for (const change of changes) apply(draft, change)
  const { rules, selections } = blockingOf(action)
  return broken(rules, selections.mark(draft)).map(({ rule }) => rule)
}

/** The rules that have to be met, with what makes a consortium ready to be asked. */
type Blocking = { rules: readonly CompiledRule[]; selections: Selections; countries: number }

function blockingOf({ rules, context, lexicon }: CompiledAction): Blocking {
  return {
    rules: rules.filter((rule) => rule.spec.severity === 'block'),
    selections: context.selections,
    countries: lexicon.countryCodes.length
  }
}

/**
 * Deepens by one change at a time, so the first depth with a set is the smallest. At each step it takes one rule that
 * is not met and tries every change that can help it: any set that mends the rule holds one of those. A change tried
 * is left out of what its later siblings try, so no set is met twice in another order.
 */
function fewestChanges(blocking: Blocking, encoded: Encoded, space: RepairSpace, bounds: Bounds): Repairs {
  const draft = draftOf(encoded)
  const { rules, selections } = blocking
  // The search keeps the marks right with every change it makes and takes back.
  const marked = selections.mark(draft)
  const first = broken(rules, marked)
  if (first.length === 0) return { size: 0, sets: [], total: 0, complete: true, none: false }

  const found = new Map<string, Change[]>()
  const taken: Change[] = []
  const numberOf = numbering(blocking.countries)
  const barred = new Map<number, number>()
  const present = new Set(encoded.partners.map(({ country }) => country))
  let steps = 0
  // Trying a change asks every rule of every organisation: a large consortium gets fewer tries for the same time.
  const mostSteps = bounds.maxWork / (space.given + 5)
  let cut = false

  function keep() {
    const key = setKey(taken, space, present)
    if (!found.has(key)) found.set(key, [...taken])
  }

  function search(failing: readonly Broken[], left: number) {
    if (boundOf(failing, draft) > left) return
    const tried: number[] = []
    for (const change of fewestOptions(failing, draft, space)) {
      if (!mayFollow(change, taken)) continue
      const number = numberOf(change)
      if ((barred.get(number) ?? 0) > 0) continue
      if (++steps > mostSteps || found.size >= bounds.maxSets) {
        cut = true
        break
      }
      const undo = applyMarked(draft, change, selections)
      taken.push(change)
      if (left === 1) {
        if (mended(failing, rules, marked)) keep()
      } else {
        const still = broken(rules, marked)
        if (still.length > 0) search(still, left - 1)
        else keep()
      }
      taken.pop()
      undo()
      tried.push(number)
      barred.set(number, (barred.get(number) ?? 0) + 1)
    }
    for (const number of tried) barred.set(number, barred.get(number)! - 1)
  }

  let size = Math.max(1, boundOf(first, draft))
  for (; size <= bounds.maxChanges && found.size === 0 && !cut; size++) search(first, size)
  if (found.size === 0) return { size: cut ? size - 1 : 0, sets: [], total: 0, complete: !cut, none: true }
  const answers = (changes: readonly Change[]) => rulesAnswered(blocking, encoded, changes)
  const merged = mergeAlike([...found.values()], space, encoded, answers, bounds.limit)
  return { size: size - 1, sets: merged.sets, total: merged.total, complete: !cut, none: false }
}

/** A set of changes as single changes in an order in which they can be made: who is to coordinate joins first. */
export function plainChanges(changes: readonly RepairChange[]): Change[] {
  const additions = changes.flatMap((change): Change[] => (change.kind === 'add' ? [change.example] : []))
  const others = changes.flatMap(({ rules: _rules, ...change }): Change[] =>
    change.kind === 'add' ? [] : [change as Change]
  )
  const order = (change: Change) =>
    change.kind === 'role' && change.role === 'partner' ? 0 : change.kind === 'coordinator' ? 1 : 2
  return [...additions, ...others.sort((a, b) => order(a) - order(b))]
}

type Broken = { rule: CompiledRule; finding: Finding }

function boundOf(failing: readonly Broken[], draft: Encoded): number {
  return lowerBound(
    failing.map(({ finding }) => finding),
    draft
  )
}

function broken(rules: readonly CompiledRule[], marked: Marked): Broken[] {
  const failing: Broken[] = []
  for (const rule of rules) {
    const finding = rule.evaluate(marked)
    if (finding?.answer === 'not-met') failing.push({ rule, finding })
  }
  return failing
}

/** Whether all rules are met now; those that were not before the last change are asked first, as they mostly still are not. */
function mended(before: readonly Broken[], rules: readonly CompiledRule[], marked: Marked): boolean {
  for (const { rule } of before) if (rule.evaluate(marked)?.answer === 'not-met') return false
  for (const rule of rules) if (rule.evaluate(marked)?.answer === 'not-met') return false
  return true
}

/** Makes the change and keeps the marks of the draft right; returns how to take it back. */
function applyMarked(draft: Encoded, change: Change, selections: Selections): () => void {
  const joins = draft.partners.length
  const undo = apply(draft, change)
  markChanged(draft, change, joins, selections)
  return () => {
    undo()
    markChanged(draft, change, joins, selections)
  }
}

function markChanged(draft: Encoded, change: Change, joins: number, { mark, markAgain }: Selections): void {
  if (change.kind === 'add') markAgain(draft, joins)
  // Another coordinator may matter to every organisation: some rules compare with its country.
  else if (change.kind === 'coordinator') mark(draft)
  else if ('partner' in change) markAgain(draft, change.partner)
}

/** The options of the rule that leaves the least choice: the narrowest way first. */
function fewestOptions(failing: readonly Broken[], draft: Encoded, space: RepairSpace): Change[] {
  let best: Change[] | undefined
  for (const { rule, finding } of failing) {
    const options = relevantChanges(finding, draft, space)
    if (rule.condition && (rule.condition.only || rule.condition.some)) {
      options.push(...changesAgainst(rule.condition, draft, space))
    }
    if (best === undefined || options.length < best.length) best = options
    if (best.length <= 2) break
  }
  return best ?? []
}

/** One organisation changes its role once, one number is set once, one other coordinator is enough. */
function mayFollow(change: Change, taken: readonly Change[]): boolean {
  for (const before of taken) if (exclude(before, change)) return false
  return true
}

function exclude(before: Change, change: Change): boolean {
  if (change.kind === 'value') return before.kind === 'value' && before.name === change.name
  if (change.kind === 'coordinator') return before.kind === 'coordinator'
  if (change.kind === 'leave-out' || change.kind === 'role') {
    return (before.kind === 'leave-out' || before.kind === 'role') && before.partner === change.partner
  }
  if (change.kind === 'charter') return before.kind === 'charter' && before.partner === change.partner
  return false
}

/**
 * The same set has the same key in whatever order it was found, and whichever new countries stand for “a new country”
 * of a class. An added organisation that is to coordinate is marked by a star.
 */
function setKey(changes: readonly Change[], space: RepairSpace, present: ReadonlySet<number>): string {
  const coordinating = addedCoordinator(changes, space.given)
  const byNewCountry = new Map<number, string[]>()
  const parts: string[] = []
  for (const change of changes) {
    if (change.kind === 'coordinator' && change.partner >= space.given) continue
    const star = change === coordinating ? '*' : ''
    if (change.kind === 'add' && !present.has(change.country)) {
      const members = byNewCountry.get(change.country) ?? [`class ${space.classes.classOf[change.country]}`]
      members.push(change.addition.id + star)
      byNewCountry.set(change.country, members)
    } else parts.push(changeKey(change) + star)
  }
  for (const members of byNewCountry.values()) parts.push(`new ${members.sort().join(',')}`)
  return parts.sort().join('; ')
}

/** For each change, the rules that would not be met without it. */
function rulesAnswered(
  { rules, selections }: Blocking,
  encoded: Encoded,
  changes: readonly Change[]
): string[][] {
  return changes.map((_, left) => {
    const draft = draftOf(encoded)
    changes.forEach((change, index) => {
      // An addition left out keeps its place, so that what follows still means the same organisation; and what cannot
      // be done without the change left out is not done either.
      if (index !== left) {
        if (possible(change, draft)) apply(draft, change)
      } else if (change.kind === 'add') {
        apply(draft, change)
        draft.partners.at(-1)!.role = LEFT_OUT
      }
    })
    return broken(rules, selections.mark(draft)).map(({ rule }) => rule.spec.id)
  })
}

/** A coordinator cannot leave before somebody else coordinates; who has left cannot coordinate. */
function possible(change: Change, draft: Encoded): boolean {
  if (change.kind === 'coordinator') return draft.partners[change.partner]!.role === PARTNER
  if (change.kind !== 'leave-out' && change.kind !== 'role') return true
  return draft.partners[change.partner] !== draft.coordinator
}
