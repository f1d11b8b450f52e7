import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { line, optionalParagraphs } from './fields.ts'
import { readInput } from './read-form.ts'

const schema = z.object({ title: line(5), note: optionalParagraphs(5) })
const family = '👩‍👩‍👧‍👦'

suite('the length of what somebody gives', () => {
  test('is counted in characters as people see them, in one line and in several', () => {
    for (const given of ['Šķūņi', 'a\u0323\u0307bcde', family.repeat(5)]) {
      const read = readInput(schema, { title: given, note: given })
      assert.ok('data' in read, given)
    }
    const six = readInput(schema, { title: family.repeat(6), note: 'sešas' + family })
    assert.deepEqual('problems' in six && six.problems, [
      { field: 'title', key: 'form.too-long', args: { most: 5 } },
      { field: 'note', key: 'form.too-long', args: { most: 5 } }
    ])
  })

  test('is too much where one letter carries a thousand accents', () => {
    const read = readInput(schema, { title: 'a' + '\u0301\u0308'.repeat(1_000) })
    assert.ok('problems' in read)
  })
})
