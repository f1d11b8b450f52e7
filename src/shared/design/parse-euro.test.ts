import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMoney } from '#shared/texts/format.ts'
import { fc } from '../../../tests/drawn-cases.ts'
import { euroTyped, parseEuro } from './parse-euro.ts'

for (const [typed, cents] of [
  ['12 500,50', 1_250_050],
  ['12,500.50', 1_250_050],
  ['12.500,50', 1_250_050],
  ['12500', 1_250_000],
  ['12,500', 1_250_000],
  ['12.500', 1_250_000],
  ['980\u00a0000 EUR', 98_000_000],
  ['€1,000,000', 100_000_000],
  ['1 000 000,5', 100_000_050],
  ['0,05 eiro', 5],
  ['0', 0]
] as const) {
  test(`Maria types ${typed} and means ${cents} cents`, () => {
    assert.deepEqual(parseEuro(typed), { cents })
  })
}

for (const typed of [
  'twelve',
  '-5',
  '1,2,3',
  '12 50',
  '1,234,50',
  '1 000.000 000',
  '5.555,5.5',
  '€',
  '1e6',
  '12,5000'
]) {
  test(`Maria types ${typed}, which is no amount, and is asked again`, () => {
    assert.equal(parseEuro(typed), 'not-money')
  })
}

test('a box left empty is empty, not nought', () => {
  assert.equal(parseEuro('  '), 'empty')
})

test('every amount that Kopā writes can be typed back, in both languages', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), fc.constantFrom('lv', 'en'), (cents, language) => {
      assert.deepEqual(parseEuro(formatMoney(cents, language)), { cents })
    })
  )
})

test('an amount is typed again as it is read', () => {
  for (const cents of [0, 5, 1_000, 123_450, 9_999_999_999])
    assert.deepEqual(parseEuro(euroTyped(cents)), { cents })
  assert.deepEqual([euroTyped(123_450), euroTyped(1_200_000)], ['1234,50', '12000'])
})
