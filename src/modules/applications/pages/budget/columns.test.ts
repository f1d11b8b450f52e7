import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differing } from './columns.ts'

test('of a line that somebody changed meanwhile all that differs is said, by its name', () => {
  const columns = [
    { name: 'title', label: 'Nosaukums' },
    { name: 'participant', label: 'Kas', options: [{ value: 'p2', label: 'Vilniaus gimnazija' }] },
    { name: 'km', label: 'Kilometri' },
    { name: 'months', label: 'Mēneši' },
    { name: 'from', label: 'No kurienes' }
  ]
  const mine = { title: 'Brauciens', participant: 'p1', km: '300', months: '2', from: 'Rīga' }
  const theirs = { title: 'Brauciens', participant: 'p2', km: '560', from: 'Liepāja' }
  assert.deepEqual(differing(columns, { mine, theirs }), [
    'Kas: Vilniaus gimnazija',
    'Kilometri: 560',
    'Mēneši: –',
    'No kurienes: Liepāja'
  ])
})
