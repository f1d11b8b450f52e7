import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { TextBlock } from './text-block.ts'

const text = fc.string({ unit: 'binary', maxLength: 400 })
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ key: fc.nat(12), text }) },
  { weight: 1, arbitrary: fc.record({ key: fc.nat(12), text: fc.constant(undefined) }) }
)

suite('texts in a block of memory', () => {
  test('whatever was put there comes back as it was, or is gone', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const block = new TextBlock<number>(1500)
        const put = new Map<string, { text: string; about: number }>()
        for (const [at, { key, text }] of steps.entries()) {
          if (text === undefined) {
            block.delete(String(key))
            put.delete(String(key))
          } else {
            block.put(String(key), text, at)
            put.set(String(key), { text, about: at })
            assert.deepEqual(block.get(String(key)), { text, about: at })
          }
          for (let one = 0; one <= 12; one++) {
            const found = block.get(String(one))
            if (found) assert.deepEqual(found, put.get(String(one)))
          }
        }
      })
    )
  })

  test('what fits stays; where it is full, the oldest go', () => {
    const block = new TextBlock<undefined>(1000)
    for (const key of ['a', 'b', 'c']) block.put(key, key.repeat(200), undefined)
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => block.get(key)?.text[0]),
      ['a', 'b', 'c']
    )
    block.put('d', 'd'.repeat(200), undefined)
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => block.get(key)?.text[0]),
      [undefined, 'b', 'c', 'd']
    )
  })

  test('a text that grows a little stays where it is, one longer than the block is not kept', () => {
    const block = new TextBlock<undefined>(1000)
    block.put('a', 'a'.repeat(300), undefined)
    block.put('b', 'b'.repeat(300), undefined)
    block.put('a', 'a'.repeat(350), undefined)
    assert.equal(block.get('a')?.text.length, 350)
    assert.equal(block.get('b')?.text.length, 300)
    block.put('b', 'b'.repeat(1001), undefined)
    assert.equal(block.get('b'), undefined)
  })
})
