import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedRows, rowChange } from './row-change.ts'

const pressed = (value: string) => {
  const form = new FormData()
  form.set('change', value)
  return form
}

test('Jonas removes the second partner and keeps the others', () => {
  const change = rowChange(pressed('remove:partners:1'), 'partners')
  assert.deepEqual(changedRows(['a', 'b', 'c'], change, ''), ['a', 'c'])
})

test('Jonas adds a partner and finds an empty row at the end', () => {
  assert.deepEqual(changedRows(['a'], rowChange(pressed('add:partners'), 'partners'), ''), ['a', ''])
})

test('a button of another group, or a made-up one, changes nothing', () => {
  for (const value of ['add:topics', 'remove:partners:x', 'remove:partners', 'partners', '']) {
    assert.equal(rowChange(pressed(value), 'partners'), undefined)
    assert.deepEqual(changedRows(['a'], rowChange(pressed(value), 'partners'), ''), ['a'])
  }
})
