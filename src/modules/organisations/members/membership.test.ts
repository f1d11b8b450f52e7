import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { memberMayDecide, officersMayDecide, whoDecides } from './membership.ts'

const asked = Temporal.Instant.from('2026-11-01T12:00:00Z')

test('those who are there decide who joins them, and those who may sign decide who may sign', () => {
  assert.equal(whoDecides(['member'], 'member'), 'members')
  assert.equal(whoDecides(['member', 'representative'], 'representative'), 'representatives')
  assert.ok(memberMayDecide('members', 'member'))
  assert.ok(!memberMayDecide('representatives', 'member'))
  assert.ok(!memberMayDecide('officers', 'representative'))
})

test('where nobody is left who could, officers decide', () => {
  assert.equal(whoDecides([], 'member'), 'officers')
  assert.equal(whoDecides(['member'], 'representative'), 'officers')
  assert.ok(officersMayDecide('officers', asked, asked))
})

test('a request that nobody answers for two weeks does not wait for ever', () => {
  assert.ok(!officersMayDecide('members', asked, asked.add({ hours: 14 * 24 - 1 })))
  assert.ok(officersMayDecide('members', asked, asked.add({ hours: 14 * 24 })))
})
