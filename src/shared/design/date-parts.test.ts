import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datePartsFrom, datePartsOf, dayFrom } from './date-parts.ts'

test('Maria types 1, 9 and 2027 and means the first of September', () => {
  const form = new FormData()
  form.set('start-day', ' 1')
  form.set('start-month', '9')
  form.set('start-year', '2027')
  assert.deepEqual(dayFrom(datePartsFrom(form, 'start')), { day: '2027-09-01' })
  assert.deepEqual(datePartsOf('2027-09-01'), { day: '1', month: '9', year: '2027' })
})

test('31 February is not a date, and neither is half of one', () => {
  assert.equal(dayFrom({ day: '31', month: '2', year: '2027' }), 'not-a-date')
  assert.equal(dayFrom({ day: '29', month: '2', year: '2027' }), 'not-a-date')
  assert.equal(dayFrom({ day: '1', month: '', year: '2027' }), 'not-a-date')
  assert.equal(dayFrom({ day: '1', month: '9', year: '27' }), 'not-a-date')
  assert.deepEqual(dayFrom({ day: '29', month: '2', year: '2028' }), { day: '2028-02-29' })
})

test('a date left out is empty', () => {
  assert.equal(dayFrom(datePartsFrom(new FormData(), 'start')), 'empty')
})
