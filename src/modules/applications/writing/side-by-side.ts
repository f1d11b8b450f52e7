/**
 * Two changes of one text brought together by words: delta.ts keeps every letter, this keeps every word whole. What
 * somebody changed about a word is a word of theirs: two who change the same one have both stand beside each other,
 * and what stood apart for both never grows together. Only who add letters at different places of one word have them
 * in one. Pure; browsers use it, too.
 */
import { type Delta, type Splice, apply, compose, isBefore, transform } from './delta.ts'
import { tight } from './difference.ts'
import { hasWord, wordAround, wouldJoin } from './words.ts'

/** What came of two changes: the text, and what leads to it from the text after either. */
export type Together = {
  text: string
  /** From the text after theirs: what `mine` does there. */
  mine: Delta
  /** From the text after mine: what `theirs` does there. */
  theirs: Delta
}

/**
 * Brings two changes of one text together. Where both insert at one place, theirs stands in front.
 * The result is decided once, by whoever brings together, and told to the others as a change like any other.
 */
export function bringTogether(text: string, mine: Delta, theirs: Delta): Together {
  if (mine.length === 0) return { text: apply(text, theirs), mine, theirs }
  if (theirs.length === 0) return { text: apply(text, mine), mine, theirs }
  const { both, one, other } = asWords(text, mine, theirs)
  const start = apply(text, both)
  const [a, b] = [transform(one, both, 'first'), transform(other, both, 'first')]
  const moved = { mine: transform(a, b, 'second'), theirs: transform(b, a, 'first') }
  const [afterMine, afterTheirs] = [apply(start, a), apply(start, b)]
  const joined = apply(afterTheirs, moved.mine)
  const spaces = spacesBetween(start, a, b)
  return {
    text: apply(joined, spaces),
    mine: tight(afterTheirs, compose(moved.mine, spaces)),
    theirs: tight(afterMine, compose(moved.theirs, spaces))
  }
}

/** A change by whole words: what begins or ends inside of a word takes the rest of the word along. */
export function inWords(text: string, delta: Delta): Delta {
  return piecesOf(text, delta).map(spliceOf)
}

/** A splice that begins and ends where words do. */
type Piece = {
  from: number
  until: number
  insert: string
  /** What it was made of, where all that happened is that letters were added to one word. */
  added: readonly Splice[] | undefined
}

const spliceOf = ({ from, until, insert }: Piece): Splice => [from, until - from, insert]

function piecesOf(text: string, delta: Delta): Piece[] {
  const after = apply(text, delta)
  const pieces: Piece[] = []
  let shift = 0
  let made: Splice[] = []
  let start = { before: 0, after: 0 }
  delta.forEach((splice, place) => {
    const [at, remove, insert] = splice
    const before = delta[place - 1]
    const next = delta[place + 1]
    const room = {
      left: at - (before ? before[0] + before[1] : 0),
      right: (next?.[0] ?? text.length) - (at + remove)
    }
    const here = { at: at + shift, end: at + shift + insert.length }
    const left = Math.min(room.left, beyond('left', text, at, after, here.at))
    const right = Math.min(room.right, beyond('right', text, at + remove, after, here.end))
    if (made.length === 0) start = { before: at - left, after: here.at - left }
    made.push(splice)
    shift += insert.length - remove
    // What reaches the next change is one with it.
    if (next && right + beyond('left', text, next[0], after, next[0] + shift) >= room.right) return
    const until = at + remove + right
    const written = after.slice(start.after, here.end + right)
    pieces.push({
      ...{ from: start.before, until, insert: written },
      added: onlyAdded(text, [start.before, until], made) ? made : undefined
    })
    made = []
  })
  return pieces
}

/** How far the words go, before and after, that a change begins or ends inside of. */
function beyond(side: 'left' | 'right', before: string, at: number, after: string, then: number): number {
  const [old, now] = [wordAround(before, at), wordAround(after, then)]
  if (side === 'left') return Math.max(old ? at - old[0] : 0, now ? then - now[0] : 0)
  return Math.max(old ? old[1] - at : 0, now ? now[1] - then : 0)
}

const space = /\s/

function onlyAdded(text: string, [from, until]: readonly [number, number], made: readonly Splice[]): boolean {
  if (until - from < 1 || space.test(text.slice(from, until))) return false
  return made.every(([, remove, insert]) => remove === 0 && hasWord(insert) && !space.test(insert))
}

/** Both changes by whole words, and what is the same in both. */
function asWords(text: string, mine: Delta, theirs: Delta): { both: Delta; one: Delta; other: Delta } {
  const others = piecesOf(text, theirs)
  const byPlace = new Map(others.map((piece) => [piece.from, piece]))
  const both: Splice[] = []
  const one: Splice[] = []
  const instead = new Map<Piece, readonly Splice[]>()
  for (const piece of piecesOf(text, mine)) {
    const its = byPlace.get(piece.from)
    const sameWords = its && its.until === piece.until && piece.until > piece.from
    if (sameWords && its.insert === piece.insert) {
      both.push(spliceOf(piece))
      instead.set(its, [])
    } else if (sameWords && piece.added && its.added && apart(piece.added, its.added)) {
      one.push(...piece.added)
      instead.set(its, its.added)
    } else one.push(spliceOf(piece))
  }
  return { both, one, other: others.flatMap((piece) => instead.get(piece) ?? [spliceOf(piece)]) }
}

/** Whether letters were added at other places each. */
function apart(mine: readonly Splice[], theirs: readonly Splice[]): boolean {
  return !mine.some(([at]) => theirs.some(([place]) => place === at))
}

/** Spaces where words meet, by bringing two changes together, that stood apart for both: about the text of both. */
function spacesBetween(text: string, mine: Delta, theirs: Delta): Delta {
  const sides = { mine: new Side(mine), theirs: new Side(theirs) }
  const ends = [...mine, ...theirs].flatMap(([at, remove]) => [at, at + remove])
  const places = [...new Set([0, ...ends, text.length])].sort((one, other) => one - other)
  const spaces: Splice[] = []
  let last = { text: '', of: 'both' as Of }
  // Whether something stands, for one side alone, between what stands in the text of both.
  let between = { mine: false, theirs: false }
  let length = 0

  const stands = (piece: string, of: Of) => {
    if (piece === '') return
    const neighbours = (side: 'mine' | 'theirs') =>
      !between[side] && [last.of, of].every((one) => one === 'both' || one === side)
    if (!neighbours('mine') && !neighbours('theirs') && wouldJoin(last.text, piece))
      spaces.push([length, 0, ' '])
    last = { text: piece, of }
    between = { mine: false, theirs: false }
    length += piece.length
  }

  places.forEach((place, at) => {
    const [one, other] = [sides.mine.at(place), sides.theirs.at(place)]
    const mineFirst = one && other && isBefore(one, other, 'second')
    if (mineFirst) stands(one[2], 'mine')
    if (other) stands(other[2], 'theirs')
    if (one && !mineFirst) stands(one[2], 'mine')
    const piece = text.slice(place, places[at + 1])
    const gone = { mine: sides.mine.takesAway(place), theirs: sides.theirs.takesAway(place) }
    if (!gone.mine && !gone.theirs) stands(piece, 'both')
    else if (piece !== '')
      between = {
        mine: between.mine || !gone.mine,
        theirs: between.theirs || !gone.theirs
      }
  })
  return spaces
}

type Of = 'both' | 'mine' | 'theirs'

/** Splices, asked about from the first place of a text to its last. */
class Side {
  private readonly delta: Delta
  private next = 0
  private goneUntil = 0

  constructor(delta: Delta) {
    this.delta = delta
  }

  at(place: number): Splice | undefined {
    const splice = this.delta[this.next]
    if (splice?.[0] !== place) return undefined
    this.next++
    this.goneUntil = place + splice[1]
    return splice
  }

  takesAway(place: number): boolean {
    return place < this.goneUntil
  }
}
