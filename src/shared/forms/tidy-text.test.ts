import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../tests/assert-quick.ts'
import { charactersIn, tidyLine, tidyParagraphs } from './tidy-text.ts'

test('people see one character where computers store several', () => {
  const seen: [string, number][] = [
    ['', 0],
    ['Šķūnis', 6],
    ['e\u0301', 1],
    ['👨‍👩‍👧', 1],
    ['🇱🇻🇪🇪', 2],
    ['a\nb', 3],
    ['“–…”\u00a0€', 6]
  ]
  for (const [text, count] of seen) assert.equal(charactersIn(text), count, JSON.stringify(text))
})

test('the short way counts what the long way counts', () => {
  const segmenter = new Intl.Segmenter()
  const anything = fc.string({ unit: 'binary', maxLength: 40 })
  const latin = fc.string({ unit: fc.constantFrom(...'aĀž ,.\n\t€“”–\u00a0\u00ad'), maxLength: 40 })
  fc.assert(
    fc.property(fc.oneof(anything, latin), (text) => {
      assert.equal(charactersIn(text), [...segmenter.segment(text)].length)
    })
  )
})

test('text pasted from Word loses what nobody sees and keeps its paragraphs', () => {
  const pasted = '\ufeffPirmā\u200b rinda  \r\n\r\n\r\n\r\nOtrā\u202e\u0007 rinda\u00a0\r\n'
  assert.equal(tidyParagraphs(pasted), 'Pirmā rinda\n\nOtrā rinda')
  assert.equal(tidyLine(pasted), 'Pirmā rinda Otrā rinda')
})

test('what Word puts between two lines does not join their words; soft hyphens go', () => {
  assert.equal(tidyLine('viens\u000bdivi\u2028pro\u00adjekts'), 'viens divi projekts')
  assert.equal(tidyParagraphs('viens\u000bdivi\u0085trīs'), 'viens\ndivi\ntrīs')
  assert.equal(tidyParagraphs('puse \ud83d'), 'puse \ufffd')
})

test('a million spaces before a letter keep nobody waiting', () => {
  assertQuick(1000, () => assert.equal(tidyParagraphs(`a${' '.repeat(1_000_000)}b`).length, 1_000_002))
})

test('tidying twice changes nothing more', () => {
  // Marks and letters that are stored as one and kept as several, in rows longer than thirty.
  const accented = fc.string({
    unit: fc.constantFrom(...'a\u0301\u0344\u0327\u034f\u0958\u0f73\u0ddd\u1f82\ufb2c', '\u{1d160}'),
    maxLength: 120
  })
  const rows = ['a', 'e\u0301', '\u0958', '\u{1d160}'].flatMap((letter) =>
    ['\u0301', '\u0344', '\u0f73', '\u0ddd'].map((mark) =>
      fc.nat(40).map((many) => letter + mark.repeat(many))
    )
  )
  const anything = fc.string({ unit: 'binary', maxLength: 60 })
  fc.assert(
    fc.property(fc.oneof(anything, accented, ...rows), (text) => {
      assert.equal(tidyParagraphs(tidyParagraphs(text)), tidyParagraphs(text))
      assert.equal(tidyLine(tidyLine(text)), tidyLine(text))
    }),
    {
      examples: [['a' + '\u0344'.repeat(29)], ['\u0958' + '\u0301'.repeat(30)], ['x' + '\u0f73'.repeat(20)]]
    }
  )
})
