import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { rowName } from './row-name.ts'

test('a row without a title of its own is named by its number, as a heading begins', () => {
  const [en, lv] = (['en', 'lv'] as const).map((language) => ({ language, t: texts(language) }))
  assert.equal(rowName({ title: '', number: 1 }, 'work package', en!), 'Work package 1')
  assert.equal(rowName({ title: '', number: 1 }, 'darba pakete', lv!), '1. darba pakete')
  assert.equal(rowName({ title: 'e-skola', number: 1 }, 'darba pakete', lv!), 'e-skola')
})
