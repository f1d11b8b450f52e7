/**
 * What somebody changed in a text, and how changes that were made side by side are brought together: operational
 * transformation over plain text with a server that puts changes into order. Pure; browsers use it, too.
 *
 * Two laws hold everything (delta.test.ts):
 *   apply(apply(text, a), b) = apply(text, compose(a, b))
 *   apply(apply(text, a), transform(b, a, 'second')) = apply(apply(text, b), transform(a, b, 'first'))
 */

/**
 * At a place of the text before, so many UTF-16 units go, and this stands there now. What is inserted stands before
 * what goes, so that nothing inserted is ever inside of what another takes away.
 */
export type Splice = readonly [at: number, remove: number, insert: string]

/** Splices in the order of the text; between two of them at least one unit stays. [] changes nothing. */
export type Delta = readonly Splice[]

/**
 * Whose insertion stands in front where both insert at the same place. The server's earlier one is first; but what is
 * inserted before a word stands before what somebody puts in the place of that word.
 */
export type Order = 'first' | 'second'

/** Whether a value that came from outside is a delta. */
export function isDelta(value: unknown): value is Delta {
  if (!Array.isArray(value)) return false
  let kept = -1
  for (const splice of value as unknown[]) {
    if (!Array.isArray(splice) || splice.length !== 3) return false
    const [at, remove, insert] = splice as unknown[]
    if (!isCount(at) || !isCount(remove) || typeof insert !== 'string') return false
    if (at <= kept || (remove === 0 && insert === '')) return false
    kept = at + remove
  }
  return true
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** How many units a text must have, at least, for a delta to be about it. */
export function reach(delta: Delta): number {
  const last = delta.at(-1)
  return last ? last[0] + last[1] : 0
}

/** The text after a change. The delta has to be about this text: reach(delta) <= text.length. */
export function apply(text: string, delta: Delta): string {
  let result = ''
  let read = 0
  for (const [at, remove, insert] of delta) {
    result += text.slice(read, at) + insert
    read = at + remove
  }
  return result + text.slice(read)
}

/** Two changes after each other as one. `second` is about the text after `first`. */
export function compose(first: Delta, second: Delta): Delta {
  if (first.length === 0) return second
  if (second.length === 0) return first
  const a = new Reading(first)
  const b = new Reading(second)
  const together = new Writing()
  while (!a.over || !b.over) {
    if (b.insert) together.insert(b.takeInsert(b.insert.length))
    else if (!a.insert && a.remove > 0) together.remove(a.takeRemove(a.remove))
    else if (a.insert && b.remove > 0) {
      const both = Math.min(a.insert.length, b.remove)
      a.takeInsert(both)
      b.takeRemove(both)
    } else if (a.insert) {
      const both = Math.min(a.insert.length, b.keep)
      together.insert(a.takeInsert(both))
      b.takeKeep(both)
    } else if (b.remove > 0) {
      const both = Math.min(a.keep, b.remove)
      a.takeKeep(both)
      together.remove(b.takeRemove(both))
    } else {
      const both = Math.min(a.keep, b.keep)
      together.keep(both)
      a.takeKeep(both)
      b.takeKeep(both)
    }
  }
  return together.delta()
}

/** Many changes after each other as one: by halves, so that thousands take no longer than they are. */
export function composeAll(deltas: readonly Delta[]): Delta {
  if (deltas.length <= 2) return deltas.length === 2 ? compose(deltas[0]!, deltas[1]!) : (deltas[0] ?? [])
  const middle = deltas.length >> 1
  return compose(composeAll(deltas.slice(0, middle)), composeAll(deltas.slice(middle)))
}

/**
 * The same change for a text in which another one of the same text has happened already. What was inserted stays,
 * whatever the other took away around it.
 * @param order of `delta`, where both insert at the same place
 */
export function transform(delta: Delta, over: Delta, order: Order): Delta {
  if (delta.length === 0 || over.length === 0) return delta
  const a = new Reading(delta)
  const b = new Reading(over)
  const moved = new Writing()
  while (!a.over) {
    if (a.insert && (!b.insert || comesFirst(a, b, order))) moved.insert(a.takeInsert(a.insert.length))
    else if (b.insert) moved.keep(b.takeInsert(b.insert.length).length)
    else if (a.remove > 0 && b.remove > 0) {
      const both = Math.min(a.remove, b.remove)
      a.takeRemove(both)
      b.takeRemove(both)
    } else if (a.remove > 0) {
      const both = Math.min(a.remove, b.keep)
      moved.remove(a.takeRemove(both))
      b.takeKeep(both)
    } else if (b.remove > 0) {
      const both = Math.min(a.keep, b.remove)
      a.takeKeep(both)
      b.takeRemove(both)
    } else {
      const both = Math.min(a.keep, b.keep)
      moved.keep(both)
      a.takeKeep(both)
      b.takeKeep(both)
    }
  }
  return moved.delta()
}

/** Which of two splices at one place has its insertion in front. */
export function isBefore([, remove]: Splice, [, otherRemoves]: Splice, order: Order): boolean {
  return comesFirst({ remove }, { remove: otherRemoves }, order)
}

function comesFirst(one: { remove: number }, other: { remove: number }, order: Order): boolean {
  if (one.remove > 0 !== other.remove > 0) return one.remove === 0
  return order === 'first'
}

/** The change that takes a change back. @param text before the change */
export function invert(text: string, delta: Delta): Delta {
  let shift = 0
  return delta.map(([at, remove, insert]): Splice => {
    const back: Splice = [at + shift, insert.length, text.slice(at, at + remove)]
    shift += insert.length - remove
    return back
  })
}

/**
 * Where a place in a text is after a change.
 * @param side on which it stays of what is inserted exactly there
 */
export function moved(place: number, delta: Delta, side: 'before' | 'after' = 'before'): number {
  let shift = 0
  for (const [at, remove, insert] of delta) {
    if (at > place || (at === place && side === 'before')) break
    // Inside of what went: it stays where that was, after what came instead.
    if (place < at + remove) return at + shift + insert.length
    shift += insert.length - remove
  }
  return place + shift
}

/** Reads a delta piece by piece: what stays, what is inserted, what goes. After the last splice all stays. */
class Reading {
  keep: number
  insert: string
  remove: number
  over: boolean
  private readonly delta: Delta
  private next = 0
  private read = 0

  constructor(delta: Delta) {
    this.delta = delta
    this.keep = 0
    this.insert = ''
    this.remove = 0
    this.over = false
    this.load()
  }

  takeKeep(units: number): void {
    this.keep -= units
    if (this.keep === 0) this.unfold()
  }

  takeInsert(units: number): string {
    const taken = this.insert.slice(0, units)
    this.insert = this.insert.slice(units)
    if (this.insert === '' && this.remove === 0) this.load()
    return taken
  }

  takeRemove(units: number): number {
    this.remove -= units
    if (this.remove === 0 && this.insert === '') this.load()
    return units
  }

  private load(): void {
    const splice = this.delta[this.next]
    if (!splice) {
      this.keep = Infinity
      this.over = true
      return
    }
    this.keep = splice[0] - this.read
    if (this.keep === 0) this.unfold()
  }

  private unfold(): void {
    const [at, remove, insert] = this.delta[this.next++]!
    this.insert = insert
    this.remove = remove
    this.read = at + remove
  }
}

/** Writes a delta piece by piece, in its one form. */
class Writing {
  private readonly splices: Splice[] = []
  private at = 0
  private removed = 0
  private inserted = ''

  keep(units: number): void {
    if (units === 0) return
    this.finish()
    this.at += units
  }

  insert(text: string): void {
    this.inserted += text
  }

  remove(units: number): void {
    this.removed += units
  }

  delta(): Delta {
    this.finish()
    return this.splices
  }

  private finish(): void {
    if (this.removed > 0 || this.inserted !== '') this.splices.push([this.at, this.removed, this.inserted])
    this.at += this.removed
    this.removed = 0
    this.inserted = ''
  }
}
