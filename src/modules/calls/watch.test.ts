import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { anyCall } from './filter.ts'
import { reminderDue, savedQueryOf } from './watch.ts'

const at = (text: string) => Temporal.Instant.from(text)
// Clocks are changed on 28 March: the 14th day before is an hour nearer by a stop watch.
const period = { opensAt: at('2027-01-01T09:00:00Z'), closesAt: at('2027-04-01T10:00:00Z') }
const since = at('2027-01-02T09:00:00Z')
const due = (now: string, from = since) => reminderDue(period, from, at(now))

suite('Maria is reminded of a deadline', () => {
  test('14, 7 and 1 days before, at its hour in Brussels, also across a change of clocks', () => {
    assert.equal(due('2027-03-18T10:59:59Z'), undefined)
    assert.equal(due('2027-03-18T11:00:00Z'), 14)
    assert.equal(due('2027-03-25T10:59:59Z'), 14)
    assert.equal(due('2027-03-25T11:00:00Z'), 7)
    assert.equal(due('2027-03-31T10:00:00Z'), 1)
    assert.equal(due('2027-04-01T10:00:00Z'), 1)
  })

  test('not after the deadline, and not before the call opens', () => {
    assert.equal(due('2027-04-01T10:00:01Z'), undefined)
    assert.equal(
      reminderDue({ ...period, opensAt: at('2027-03-30T00:00:00Z') }, since, at('2027-03-26T00:00:00Z')),
      undefined
    )
  })

  test('not of what lay before she began to follow', () => {
    assert.equal(due('2027-03-23T12:00:00Z', at('2027-03-23T11:00:00Z')), undefined)
    assert.equal(due('2027-03-25T12:00:00Z', at('2027-03-23T11:00:00Z')), 7)
  })
})

test('a saved search keeps what is looked for, not where calls stand today', () => {
  assert.equal(savedQueryOf({ ...anyCall, states: ['open'], within: 7, fields: ['vet'] }), 'field=vet')
})
