import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../tests/assert-quick.ts'
import { findCountry, nearestCountries } from './find-country.ts'
import { editDistance, fold, foldName, nearest } from './nearest.ts'

test('Maria writes a country as a code, in Latvian, in English or the way older guides do', () => {
  for (const [written, code] of [
    ['lv', 'LV'],
    ['EL', 'GR'],
    ['UK', 'GB'],
    ['NO', 'NO'],
    ['Norvēģija', 'NO'],
    ['norvegija', 'NO'],
    ['Czech Republic', 'CZ'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['Lielbritānija', 'GB'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Bosnija un Hercegovina', 'BA'],
    ['Kosovo*', 'XK'],
    ['ASV', 'US']
  ] as const)
    assert.equal(findCountry(written), code, written)
  assert.equal(findCountry('Atlantis'), undefined)
})

test('Jonas misspells a country and is offered the nearest, those of the programme first', () => {
  assert.deepEqual(nearestCountries('Latvja'), ['LV'])
  assert.deepEqual(nearestCountries('Litva'), ['LT', 'LV'])
  assert.deepEqual(nearestCountries('Igunija'), ['EE'])
  assert.deepEqual(nearestCountries('Germny'), ['DE'])
  assert.deepEqual(nearestCountries('LX', ['LV', 'LT', 'LU']), ['LV', 'LT', 'LU'])
  assert.deepEqual(nearestCountries('Klingon Empire'), [])
})

test('one swap of neighbours is one slip, and a long way is given up early', () => {
  assert.equal(editDistance('latvia', 'lativa'), 1)
  assert.equal(editDistance('', 'abc'), 3)
  assert.equal(editDistance('kitten', 'sitting'), 3)
  assert.ok(editDistance('a'.repeat(80), 'b'.repeat(80), 3) > 3)
})

test('a distance is the same both ways and never more than the longer word', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, limit) => {
      const distance = editDistance(a, b)
      assert.equal(distance, editDistance(b, a))
      assert.ok(distance <= Math.max(a.length, b.length))
      assert.equal(distance === 0, a === b)
      const limited = editDistance(a, b, limit)
      assert.equal(limited <= limit ? limited : limit + 1, Math.min(distance, limit + 1))
    })
  )
})

test('a megabyte in place of a word is answered at once', () => {
  const candidates = Array.from({ length: 500 }, (_, id) => ({ id, forms: [fold(`candidate number ${id}`)] }))
  assertQuick(500, () => nearest('x y '.repeat(250_000), candidates))
})

test('names are the same without case, diacritics and punctuation, but not without their letters', () => {
  assert.equal(foldName('SIA “Rīgas Skola”'), foldName('sia rigas-skola'))
  assert.notEqual(foldName('Rīgas 1. skola'), foldName('Rīgas 2. skola'))
  assert.equal(foldName('***'), '***')
  assert.notEqual(foldName('Школа'), foldName('Музей'))
})
