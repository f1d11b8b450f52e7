import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import type { CharterHolder } from './charter-holder.ts'
import { compareCharterLists } from './compare-charter-lists.ts'

// Few values, so that lists meet in many ways.
const holder: fc.Arbitrary<CharterHolder> = fc.record({
  erasmusCode: fc.constantFrom('LV RIGA01', 'LV RIGA02', 'LV RIGA03', 'B  GENT01', 'B  GENT02'),
  pic: fc.constantFrom('999877262', '999894819', '948821603', '999660855'),
  oid: fc.constantFrom(undefined, 'E10000001', 'E10000002', 'E10000003'),
  proposal: fc.constant(undefined),
  legalName: fc.constantFrom('University', 'Universität'),
  street: fc.constantFrom(undefined, 'Street 1'),
  postcode: fc.constant(undefined),
  city: fc.constant('Riga'),
  country: fc.constantFrom('LV', 'BE'),
  website: fc.constant(undefined),
  from: fc.constant('2021-01-01'),
  until: fc.constantFrom('2027-12-31', '2029-12-31')
})
const known = fc.uniqueArray(holder, { selector: ({ erasmusCode }) => erasmusCode, maxLength: 5 })
const rows = fc
  .array(holder, { maxLength: 6 })
  .map((holders) => holders.map((each, at) => ({ row: at + 2, holder: each })))

test('every row of the new list is in one place, and nobody known gets lost', () => {
  fc.assert(
    fc.property(known, rows, (before, next) => {
      const { added, changed, unchanged, doubtful, ended } = compareCharterLists(before, { rows: next })
      const placed = [...added, ...changed, ...unchanged, ...doubtful].map(({ row }) => row)
      assert.deepEqual(
        placed.toSorted((one, other) => one - other),
        next.map(({ row }) => row)
      )
      const followed = [...changed.map((each) => each.known), ...doubtful.map((each) => each.known), ...ended]
      const codes = new Set([
        ...followed.map((each) => each?.erasmusCode),
        ...unchanged.map((each) => each.holder.erasmusCode)
      ])
      for (const { erasmusCode } of before) assert.ok(codes.has(erasmusCode), erasmusCode)
    }),
    { numRuns: 2000 }
  )
})

test('the order of either list makes no difference', () => {
  const shuffled = fc
    .tuple(known, rows)
    .chain(([before, next]) =>
      fc.tuple(
        fc.constant({ before, next }),
        fc.shuffledSubarray(before, { minLength: before.length }),
        fc.shuffledSubarray(next, { minLength: next.length })
      )
    )
  fc.assert(
    fc.property(shuffled, ([{ before, next }, otherBefore, otherNext]) => {
      assert.deepEqual(
        compareCharterLists(otherBefore, { rows: otherNext }),
        compareCharterLists(before, { rows: next })
      )
    }),
    { numRuns: 1000 }
  )
})

test('what was taken over is unchanged the next time, unless the list has a code or PIC twice', () => {
  fc.assert(
    fc.property(known, (before) => {
      const next = before.map((each, at) => ({ row: at + 2, holder: each }))
      const again = compareCharterLists(before, { rows: next })
      assert.deepEqual([again.added, again.changed, again.ended], [[], [], []])
      const twice = before.filter(({ pic }) => before.filter((other) => other.pic === pic).length > 1)
      assert.equal(again.doubtful.length, twice.length)
    }),
    { numRuns: 1000 }
  )
})

test('a column the file does not have changes nothing', () => {
  fc.assert(
    fc.property(known, (before) => {
      const next = before.map((each, at) => ({ row: at + 2, holder: { ...each, street: undefined } }))
      assert.deepEqual(compareCharterLists(before, { rows: next, absent: ['street'] }).changed, [])
    })
  )
})
