import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preferredLanguage } from './preferred-language.ts'

for (const [header, language] of [
  ['en-GB,en;q=0.9', 'en'],
  ['lv', 'lv'],
  ['de, en;q=0.3, lv;q=0.5', 'lv'],
  ['en;q=0, lv;q=0.1', 'lv'],
  ['et', 'lv'],
  ['*', 'lv'],
  ['', 'lv'],
  [null, 'lv'],
  [';;q=abc,,EN', 'en']
] as const) {
  test(`a browser that asks for ${header || 'nothing'} is answered in ${language}`, () => {
    assert.equal(preferredLanguage(header), language)
  })
}
