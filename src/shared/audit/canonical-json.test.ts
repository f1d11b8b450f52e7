import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JsonValue, canonicalJson } from './canonical-json.ts'

test('the same value is written the same, in whatever order it was put together', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: [2, null], c: 'ā' } }), '{"a":{"c":"ā","d":[2,null]},"b":1}')
  assert.equal(
    canonicalJson({ a: { c: 'ā', d: [2, null] }, gone: undefined, b: 1 }),
    '{"a":{"c":"ā","d":[2,null]},"b":1}'
  )
})

test('the example of RFC 8785, section 3.2.2 and 3.2.3', () => {
  const value = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
    literals: [null, true, false]
  }
  assert.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
  )
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
  assert.deepEqual(
    [...canonicalJson(keys).matchAll(/:(\d)/g)].map((found) => found[1]),
    [...'2467153']
  )
})

test('what JSON cannot say is refused', () => {
  for (const value of [undefined, NaN, Infinity, 1n, new Date(0), new Map(), () => 1, Symbol('a')]) {
    assert.throws(() => canonicalJson([value as unknown as JsonValue]), TypeError)
  }
})
