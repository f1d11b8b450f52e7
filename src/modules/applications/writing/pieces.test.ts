import assert from 'node:assert/strict'
import { test } from 'node:test'
import { piecesAround } from './pieces.ts'

test('a change is shown with the words around it', () => {
  assert.deepEqual(piecesAround('Lasām kopā.', [[6, 'kopā', 'divatā']]), [
    { kind: 'same', text: 'Lasām ' },
    { kind: 'gone', text: 'kopā' },
    { kind: 'new', text: 'divatā' },
    { kind: 'same', text: '.' }
  ])
})

test('what stays far from a change is left out', () => {
  const long = 'a'.repeat(1000)
  const pieces = piecesAround(`${long}b${long}b${long}`, [
    [1000, 'b', 'c'],
    [2001, 'b', '']
  ])
  assert.deepEqual(
    pieces.map(({ kind }) => kind),
    ['left-out', 'same', 'gone', 'new', 'same', 'left-out', 'same', 'gone', 'same', 'left-out']
  )
  assert.ok(pieces.every(({ text }) => text.length <= 120))
})
