import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ValueLimits } from '#shared/rules/vocabulary.ts'
import { sumsLeft } from './own-grants.ts'

const rule = (limits: ValueLimits, sure = true) => ({ limits, sure })
const sums = [120, 250, 400]

suite('of the lump sums of a guide a call leaves', () => {
  test('those that all its rules allow, and it is said which rule took the others away', () => {
    const most = rule({ 'at-most': 250 })
    assert.deepEqual(sumsLeft(sums, [most, rule({ 'at-least': 100 })]), { sums: [120, 250], by: most })
    assert.deepEqual(sumsLeft(sums, [rule({ 'one-of': [400] })]).sums, [400])
    assert.deepEqual(sumsLeft(sums, []), { sums })
  })

  test('others where a rule names none of them, as far as its other rules allow these', () => {
    assert.deepEqual(sumsLeft(sums, [rule({ 'at-most': 90 }), rule({ 'one-of': [60, 100] })]).sums, [60])
    assert.deepEqual(sumsLeft(sums, [rule({ 'at-most': 90 })]).sums, [])
  })

  test('all of them, and what it names, while it is not known whether the rule applies', () => {
    assert.deepEqual(sumsLeft(sums, [rule({ 'one-of': [60] }, false)]), { sums: [120, 250, 400, 60] })
    assert.deepEqual(sumsLeft(sums, [rule({ 'at-most': 200 }, false)]), { sums })
  })
})
