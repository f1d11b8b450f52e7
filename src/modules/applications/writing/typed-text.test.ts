import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lengthOf, tidied } from './typed-text.ts'

test('What Word puts between two lines does not join their words', () => {
  assert.equal(tidied('viens\u000bdivi\r\ntrīs\u2028četri'), 'viens\ndivi\ntrīs\nčetri')
})

test('Invisible characters go, the joiners of emoji stay, spaces stay where the next word will be', () => {
  assert.equal(tidied('\ufeffmēs\u200b \u202eun\u0000 jūs '), 'mēs un jūs ')
  assert.equal(tidied('👩‍🏫'), '👩‍🏫')
})

test('Letters are composed, and half a character is shown to be one', () => {
  assert.equal(tidied('a\u0304bols'), 'ābols')
  assert.equal(tidied('\ud83d!'), '\ufffd!')
})

test('What is tidy stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const once = tidied(text)
      assert.equal(tidied(once), once)
    })
  )
})

test('Characters are counted as people see them', () => {
  assert.equal(lengthOf('Šķūņi'), 5)
  assert.equal(lengthOf('👩‍👩‍👧‍👦🇱🇻'), 2)
  assert.equal(lengthOf('e\u0301'), 1)
})

test('The short way of counting and the long one agree', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }).map(tidied), (text) => {
      assert.equal(lengthOf(text), [...segmenter.segment(text)].length)
    }),
    { numRuns: 2000 }
  )
  for (let unit = 0x20; unit < 0xd800; unit++) {
    const text = tidied(`a${String.fromCharCode(unit)}b`)
    assert.equal(lengthOf(text), [...segmenter.segment(text)].length, `U+${unit.toString(16)}`)
  }
})
