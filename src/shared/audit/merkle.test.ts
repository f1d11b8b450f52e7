import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Edge,
  append,
  consistencyRuns,
  emptyEdge,
  includes,
  inclusionRuns,
  isConsistent,
  leafHash,
  nodeHash,
  rootOf,
  rootOfRun,
  subtreesOf
} from './merkle.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

// The leaves and roots by which certificate transparency logs are tested.
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f'
].map(hex)
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
]

const treeOf = (leaves: readonly Buffer[]) =>
  leaves.reduce<Edge>((edge, leaf) => append(edge, leaf), emptyEdge)

/** The definition of RFC 9162, 2.1.1, word for word. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return rootOf(emptyEdge)
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let part = 1
  while (part * 2 < leaves.length) part *= 2
  return nodeHash(definition(leaves.slice(0, part)), definition(leaves.slice(part)))
}

const some = Array.from({ length: 70 }, (_, at) => Buffer.from(`entry ${at}`))
const rootOfLeaves = (from: number, to: number) =>
  rootOfRun(
    subtreesOf(from, to).map(({ level, index }) =>
      definition(some.slice(index * 2 ** level, (index + 1) * 2 ** level))
    )
  )

test('the roots of certificate transparency come out', () => {
  for (const [size, root] of roots.entries())
    assert.equal(rootOf(treeOf(leaves.slice(0, size))).toString('hex'), root)
})

test('a tree that grew leaf by leaf has the root that its definition gives, at every size', () => {
  let edge = emptyEdge
  for (let size = 0; size <= some.length; size++) {
    assert.deepEqual(rootOf(edge), definition(some.slice(0, size)))
    if (size < some.length) edge = append(edge, some[size]!)
  }
})

test('every leaf of every tree can be proved, and no other in its place', () => {
  for (let size = 1; size <= some.length; size++) {
    const root = definition(some.slice(0, size))
    for (let at = 0; at < size; at++) {
      const path = inclusionRuns(at, size).map(({ from, to }) => rootOfLeaves(from, to))
      assert.ok(includes(some[at]!, at, size, path, root), `${at} of ${size}`)
      assert.ok(!includes(some[at]!, (at + 1) % size, size, path, root) || size === 1)
      assert.ok(!includes(Buffer.from('other'), at, size, path, root))
      assert.ok(!includes(some[at]!, at, size, [...path, root], root))
      if (path.length > 0) assert.ok(!includes(some[at]!, at, size, path.slice(1), root))
    }
  }
})

test('every tree can be proved to continue each earlier one, and no other', () => {
  for (let size = 0; size <= some.length; size++) {
    const newer = { size, root: definition(some.slice(0, size)) }
    for (let before = 0; before <= size; before++) {
      const older = { size: before, root: definition(some.slice(0, before)) }
      const path = consistencyRuns(before, size).map(({ from, to }) => rootOfLeaves(from, to))
      assert.ok(isConsistent(older, newer, path), `${before} to ${size}`)
      if (before === 0) continue
      const changed = { size: before, root: definition([Buffer.from('other'), ...some.slice(1, before)]) }
      assert.ok(!isConsistent(changed, newer, path), `${before} to ${size}, changed`)
      if (path.length > 0) assert.ok(!isConsistent(older, newer, path.slice(1)))
    }
  }
})
