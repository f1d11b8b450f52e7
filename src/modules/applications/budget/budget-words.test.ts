import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { findingSentence, type Reading } from './budget-words.ts'

const said = (language: 'en' | 'lv', what: string) =>
  findingSentence({ kind: 'missing', weight: 'blocks', values: { what } }, {
    language,
    t: texts(language)
  } as Reading)

test('what is still to be filled in is called as its field is, in a sentence that holds for each', () => {
  assert.equal(said('lv', 'age'), 'Vēl jāaizpilda: “Jaunākā dalībnieka vecums”.')
  assert.equal(said('lv', 'months'), 'Vēl jāaizpilda: “Mēneši”.')
  assert.equal(said('en', 'age'), 'Still to be filled in: “Age of the youngest”.')
})
