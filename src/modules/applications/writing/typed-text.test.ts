import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../../tests/assert-quick.ts'
import { apply } from './delta.ts'
import { between } from './difference.ts'
import { tidied } from './typed-text.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'

test('What Word puts between two lines does not join their words', () => {
  assert.equal(tidied('viens\u000bdivi\r\ntrīs\u2028četri'), 'viens\ndivi\ntrīs\nčetri')
})

test('Invisible characters go, the joiners of emoji stay, spaces stay where the next word will be', () => {
  assert.equal(tidied('\ufeffmēs\u200b \u202eun\u0000 jūs '), 'mēs un jūs ')
  assert.equal(tidied('👩‍🏫'), '👩‍🏫')
})

test('What is pasted from Word keeps its quotes, its lists and its spaces, and loses what nobody sees', () => {
  const pasted =
    '\u201eMūsu pro\u00adjekts\u201c\u00a0– tas ir:\r\n\uf0b7\u0009lasīt;\r\n\uf0a7\u0009rak\u00adstīt…\u000b“Viss.”\r\n'
  assert.equal(tidied(pasted), '„Mūsu projekts“\u00a0– tas ir:\n•\tlasīt;\n•\trakstīt…\n“Viss.”\n')
  assert.equal(charactersIn(tidied('pro\u00adjekts')), 8)
})

test('Nothing turns a line around: no override, embedding, isolate or mark of direction is kept', () => {
  for (const mark of '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069')
    assert.equal(tidied(`a${mark}b`), 'ab', mark.codePointAt(0)!.toString(16))
})

test('Texts that were made to be slow to count or to compare are not', () => {
  const long = 200_000 // not of a guide: the longest text
  for (const [once, times] of [
    ...[
      ['🇱', long / 2],
      ['\u0301', long],
      ['a\u0327\u0301', long / 3],
      ['👩‍', long / 3],
      [' ', long]
    ],
    ...[
      ['\u0f71\u0f72\u0f74', long / 3],
      ['\u1100', long],
      ['\ud83d', long]
    ]
  ] as [string, number][]) {
    const text = `${once.repeat(times)}b`
    assertQuick(2000, () => {
      assert.ok(charactersIn(tidied(text)) <= text.length)
      assert.equal(apply(tidied(text), between(tidied(text), `x${text}y`)), `x${text}y`)
    })
  }
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
  assert.equal(charactersIn('Šķūņi'), 5)
  assert.equal(charactersIn('👩‍👩‍👧‍👦🇱🇻'), 2)
  assert.equal(charactersIn('e\u0301'), 1)
})

test('The short way of counting and the long one agree', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }).map(tidied), (text) => {
      assert.equal(charactersIn(text), [...segmenter.segment(text)].length)
    }),
    { numRuns: 2000 }
  )
  for (let unit = 0x20; unit < 0xd800; unit++) {
    const text = tidied(`a${String.fromCharCode(unit)}b`)
    assert.equal(charactersIn(text), [...segmenter.segment(text)].length, `U+${unit.toString(16)}`)
  }
})
