import { addedCoordinator, changeKey, type Change } from './changes.ts'
import type { Encoded } from './encode.ts'
import type { RepairSpace } from './relevant-changes.ts'

/** A change as people read it: like additions are one. */
export type RepairChange =
  | {
      kind: 'add'
      /** Types and functions, any of which will do; `any` when nothing depends on it. */
      kinds: readonly string[]
      anyKind: boolean
      /** Countries already in the consortium, any of which will do. */
      countries: readonly number[]
      /** Classes of countries not yet in the consortium, any country of which will do. */
      newCountries: readonly (readonly number[])[]
      /** What it is to be. */
      as: 'partner' | 'associated' | 'coordinator'
      /** One organisation of the class, to try the change with. */
      example: Extract<Change, { kind: 'add' }>
      rules: readonly string[]
    }
  | (Exclude<Change, { kind: 'add' }> & { rules: readonly string[] })

/** One smallest set of changes. */
export type Repair = { changes: RepairChange[]; effort: number }

/** An addition while it is being merged: which additions and which places will do. */
type Token = {
  ids: ReadonlySet<number>
  places: ReadonlySet<string>
  as: 'partner' | 'associated' | 'coordinator'
  example: Extract<Change, { kind: 'add' }>
  /** The same in words that can be compared, made once: each is compared many times. */
  keys: { ids: string; places: string; whole: string }
}
type Set_ = { fixed: string; others: Exclude<Change, { kind: 'add' }>[]; tokens: Token[]; changes: Change[] }

/**
 * Sets that differ only in what kind of organisation is added, or from where, become one: “a school or an enterprise
 * from another programme country”. Then the easiest come first.
 */
export function mergeAlike(
  found: readonly Change[][],
  space: RepairSpace,
  encoded: Encoded,
  rulesOf: (changes: readonly Change[]) => string[][],
  limit: number
): { sets: Repair[]; total: number } {
  const present = new Set(encoded.partners.map(({ country }) => country))
  const place = (country: number) =>
    present.has(country) ? String(country) : `new ${space.classes.classOf[country]}`
  let sets = found.map((changes): Set_ => {
    const others = changes.filter((change) => change.kind !== 'add')
    const coordinating = addedCoordinator(changes, space.given)
    return {
      fixed: others
        .map((change) => fixedKey(change, space.given))
        .sort()
        .join(),
      others,
      tokens: changes
        .filter((change) => change.kind === 'add')
        .map((change) => {
          const as = change === coordinating ? 'coordinator' : change.addition.role
          return tokenOf(new Set([change.addition.id]), new Set([place(change.country)]), as, change)
        }),
      changes
    }
  })
  for (let before = Infinity; sets.length < before;) {
    before = sets.length
    sets = mergeOn(mergeOn(sets, 'ids'), 'places')
  }
  const ordered = sets
    .map((set) => ({ set, effort: effortOf(set, space) }))
    .sort((a, b) => a.effort - b.effort)
    .slice(0, limit)
  return {
    total: sets.length,
    sets: ordered.map(({ set, effort }) => ({ effort, changes: readable(set, space, present, rulesOf) }))
  }
}

function tokenOf(
  ids: Token['ids'],
  places: Token['places'],
  as: Token['as'],
  example: Token['example']
): Token {
  const keys = { ids: [...ids].sort().join(), places: [...places].sort().join() }
  return { ids, places, as, example, keys: { ...keys, whole: `${keys.ids}@${keys.places}${as}` } }
}

type Side = 'ids' | 'places'

/** A set that others may join, at one of its additions; `frames` are all under which it is open. */
type Open = { set: Set_; at: number; frames: readonly string[] }

/** Joins sets that are equal but for one side of one addition. */
function mergeOn(sets: readonly Set_[], side: Side): Set_[] {
  const kept: Set_[] = []
  const open = new Map<string, Open>()
  for (const set of sets) {
    const frames = framesOf(set, side)
    const index = frames.findIndex((frame) => open.has(frame))
    if (index === -1) {
      const copy = { ...set, tokens: [...set.tokens] }
      kept.push(copy)
      register(open, copy, frames)
      continue
    }
    const same = open.get(frames[index]!)!
    for (const frame of same.frames) if (open.get(frame)?.set === same.set) open.delete(frame)
    same.set.tokens[same.at] = united(same.set.tokens[same.at]!, set.tokens[index]!)
    register(open, same.set, framesOf(same.set, side))
  }
  return kept
}

/** Two additions of the same frame differ on one side only, so uniting both sides unites that one. */
function united(one: Token, other: Token): Token {
  return tokenOf(
    new Set([...one.ids, ...other.ids]),
    new Set([...one.places, ...other.places]),
    one.as,
    one.example
  )
}

function register(open: Map<string, Open>, set: Set_, frames: readonly string[]) {
  frames.forEach((frame, at) => {
    if (!open.has(frame)) open.set(frame, { set, at, frames })
  })
}

/** For each addition, the set without one side of it. */
function framesOf({ fixed, tokens }: Set_, side: Side): string[] {
  return tokens.map((token, index) => {
    const others = tokens
      .filter((_, at) => at !== index)
      .map(({ keys }) => keys.whole)
      .sort()
    return `${fixed}|${others.join('+')}|${side === 'ids' ? token.keys.places : token.keys.ids}${token.as}`
  })
}

/** Which added organisation is to coordinate stands with the addition, not with its position. */
function fixedKey(change: Change, given: number): string {
  return change.kind === 'coordinator' && change.partner >= given ? 'coordinator added' : changeKey(change)
}

/** How hard a change is, roughly: a figure is set at once, a partner has to be found, a charter takes months. */
const efforts = { value: 1, answer: 1, role: 2, coordinator: 3, 'leave-out': 4, add: 5, charter: 8 } as const

function effortOf({ others, tokens }: Set_, space: RepairSpace): number {
  const all = space.classes.additions.length
  const added = tokens.map(({ ids, places }) => {
    const narrow = 1 - ids.size / all
    const abroad = [...places].every((place) => place.startsWith('new')) ? 1 : 0
    return efforts.add + narrow + abroad
  })
  return (
    others.reduce((sum, change) => sum + efforts[change.kind], 0) + added.reduce((sum, one) => sum + one, 0)
  )
}

function readable(
  set: Set_,
  space: RepairSpace,
  present: ReadonlySet<number>,
  rulesOf: (changes: readonly Change[]) => string[][]
): RepairChange[] {
  const rules = rulesOf(set.changes)
  const rulesFor = (change: Change) => rules[set.changes.indexOf(change)] ?? []
  const { additions, countryClasses } = space.classes
  return [
    ...set.others.map((change) => ({ ...change, rules: rulesFor(change) })),
    ...set.tokens.map((token): RepairChange => ({
      kind: 'add',
      kinds: additions.filter(({ id }) => token.ids.has(id)).flatMap(({ kinds }) => kinds),
      anyKind: additions.every(({ id, role }) => token.ids.has(id) || role !== token.example.addition.role),
      countries: [...token.places].filter((place) => !place.startsWith('new')).map(Number),
      newCountries: [...token.places]
        .filter((place) => place.startsWith('new'))
        .map((place) =>
          countryClasses[Number(place.slice(4))]!.countries.filter((country) => !present.has(country))
        ),
      as: token.as,
      example: token.example,
      rules: rulesFor(token.example)
    }))
  ]
}
