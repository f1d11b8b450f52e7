import { hash } from 'node:crypto'

/**
 * The Merkle tree of RFC 9162, section 2.1, over SHA-256. A subtree is complete when it has 2^level leaves; it stands
 * at `index` when `index` others of its level are left of it.
 */
export type Subtree = { level: number; index: number }

/** A tree that grows at its right edge: its size, and the roots of its complete subtrees, the largest first. */
export type Edge = { readonly size: number; readonly roots: readonly Buffer[] }

export const emptyEdge: Edge = { size: 0, roots: [] }

const leafMark = Buffer.from([0])
const nodeMark = Buffer.from([1])

export function leafHash(leaf: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafMark, leaf]), 'buffer')
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer')
}

/** A tree with a leaf more. */
export function append(edge: Edge, leaf: Uint8Array): Edge {
  const roots = [...edge.roots]
  let root = leafHash(leaf)
  // Where the size is odd at a level, a complete subtree waits for its right neighbour.
  for (let left = edge.size; left % 2 === 1; left = Math.floor(left / 2)) root = nodeHash(roots.pop()!, root)
  return { size: edge.size + 1, roots: [...roots, root] }
}

/** The root of a tree; of no leaves it is the hash of nothing. */
export function rootOf({ roots }: Edge): Buffer {
  if (roots.length === 0) return hash('sha256', '', 'buffer')
  return roots.reduceRight((right, left) => nodeHash(left, right))
}

/** The complete subtrees that the leaves from `from` up to `to` consist of, left to right. */
export function subtreesOf(from: number, to: number): Subtree[] {
  const found: Subtree[] = []
  for (let at = from; at < to;) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level++
    found.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return found
}

/** A run of leaves whose root is needed for a proof. */
type Run = { from: number; to: number }

/** The runs whose roots prove that the leaf is in the tree, from the leaf up (RFC 9162, 2.1.3.1). */
export function inclusionRuns(leaf: number, size: number): Run[] {
  const runs: Run[] = []
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + leftPart(to - from)
    if (leaf < middle) {
      runs.unshift({ from: middle, to })
      to = middle
    } else {
      runs.unshift({ from, to: middle })
      from = middle
    }
  }
  return runs
}

/** The runs whose roots prove that a tree of `older` leaves became one of `size` leaves (RFC 9162, 2.1.4.1). */
export function consistencyRuns(older: number, size: number): Run[] {
  if (older === 0 || older === size) return []
  const runs: Run[] = []
  let [from, to] = [0, size]
  // Whether what was the whole older tree is a subtree that the verifier knows.
  let known = true
  while (older !== to) {
    const middle = from + leftPart(to - from)
    if (older <= middle) {
      runs.unshift({ from: middle, to })
      to = middle
    } else {
      runs.unshift({ from, to: middle })
      from = middle
      known = false
    }
  }
  return known ? runs : [{ from, to }, ...runs]
}

/** The largest power of two below `count`. */
function leftPart(count: number): number {
  let part = 1
  while (part * 2 < count) part *= 2
  return part
}

/** The root of a run of leaves, from the roots of its complete subtrees. */
export function rootOfRun(subtrees: readonly Buffer[]): Buffer {
  return rootOf({ size: 0, roots: subtrees })
}

/** Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function includes(
  leaf: Uint8Array,
  at: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array
): boolean {
  if (at >= size) return false
  let [place, last] = [at, size - 1]
  let found = leafHash(leaf)
  for (const beside of path) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      found = nodeHash(beside, found)
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    } else found = nodeHash(found, beside)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && found.equals(root)
}

/** Whether the path shows that the tree of `older` leaves is the beginning of that of `newer` (RFC 9162, 2.1.4.2). */
export function isConsistent(
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  path: readonly Uint8Array[]
): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return path.length === 0 && Buffer.from(older.root).equals(newer.root)
  if (older.size === 0) return path.length === 0
  const all = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : [...path]
  let [place, last] = [older.size - 1, newer.size - 1]
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  const [first, ...rest] = all
  if (!first) return false
  let [before, after]: [Buffer, Buffer] = [Buffer.from(first), Buffer.from(first)]
  for (const beside of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      before = nodeHash(beside, before)
      after = nodeHash(beside, after)
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    } else after = nodeHash(after, beside)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && before.equals(older.root) && after.equals(newer.root)
}
