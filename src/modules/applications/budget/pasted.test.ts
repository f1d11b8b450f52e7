import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../../tests/assert-quick.ts'
import { linesIn, mostPasted, pastedCells, spreadCells } from './pasted.ts'
import { plannedFrom, typedOf } from './typed-line.ts'
import { staffKinds } from './budget-line.ts'

suite('cells copied from a spreadsheet', () => {
  test('are rows and columns, with whatever ends a line', () => {
    assert.deepEqual(pastedCells('a\tb\r\nc\td\r\n'), [
      ['a', 'b'],
      ['c', 'd']
    ])
    assert.deepEqual(pastedCells('a\n\nb'), [['a'], [''], ['b']])
    assert.deepEqual(pastedCells('viens'), [['viens']])
  })

  test('may hold tabs, lines and quotes of their own', () => {
    assert.deepEqual(pastedCells('"a\tb"\t"c\nd"\n"saka ""jā"""\tx'), [
      ['a\tb', 'c\nd'],
      ['saka "jā"', 'x']
    ])
  })

  test('fill the fields from the one they were pasted into, and no more', () => {
    const filled = spreadCells(
      [['10', '2', 'zu viel']],
      ['title', 'days', 'people'],
      'days',
      (_, text) => text
    )
    assert.deepEqual(filled, [{ days: '10', people: '2' }])
  })

  test('of ten thousand lines, or ten megabytes of quotes, it is known at once that they are too many', () => {
    assertQuick(2000, () => {
      assert.equal(linesIn('Mana\t1\r\n'.repeat(10_000)), 10_000)
      assert.ok(linesIn('"\n'.repeat(5_000_000)) > mostPasted)
    })
    assert.equal(linesIn('viens\n'), 1)
  })

  test('whatever was copied, every cell comes out again', () => {
    const cell = fc
      .string({ maxLength: 12 })
      .map((text) => text.replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim())
    const quoted = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map(quoted).join('\t')).join('\n')
        assert.deepEqual(pastedCells(text), rows)
      })
    )
  })
})

suite('a line in its fields', () => {
  test('comes back as it was planned', () => {
    const count = fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined })
    const text = fc.stringMatching(/^[a-zāčēž]{1,8}$/)
    const planned = fc.record({
      participant: fc.uuid(),
      category: fc.constant('costs'),
      title: text,
      days: count,
      km: count,
      cents: fc.option(fc.integer({ min: 0, max: 999_999_999_99 }), { nil: undefined }),
      staff: fc.constantFrom(...staffKinds, undefined),
      justification: fc.option(text, { nil: undefined })
    })
    fc.assert(
      fc.property(planned, (line) => {
        assert.deepEqual(plannedFrom(typedOf(line)), JSON.parse(JSON.stringify(line)))
      })
    )
  })

  test('what cannot be understood counts as not given', () => {
    const line = plannedFrom({
      participant: 'p',
      category: 'c',
      days: 'daudz',
      cents: '1,2,3',
      staff: 'boss'
    })
    assert.deepEqual(line, { participant: 'p', category: 'c', title: '' })
  })
})
