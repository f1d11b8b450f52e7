import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadProgrammes } from '#server/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'

/** The sentences of a rule file are written by hand in two languages: they must at least agree on their numbers. */
const { programme } = loadProgrammes(import.meta.dirname)
const { sharedForm } = programme

/** The numbers of a sentence, without the ways languages group digits. */
function numbersIn(sentence: string): string[] {
  return (sentence.match(/\d+(?:[ \u00a0,]\d{3})*(?![\d])/g) ?? [])
    .map((number) => number.replace(/[ \u00a0,]/g, ''))
    .sort()
}

/** Every pair of sentences below a value, with the way to it. */
function* sentencesOf(value: unknown, path: string): Generator<[string, Words]> {
  if (typeof value !== 'object' || value === null) return
  if ('en' in value && 'lv' in value) yield [path, value as Words]
  else for (const [key, one] of Object.entries(value)) yield* sentencesOf(one, `${path}/${key}`)
}

test('the two languages of a sentence give the same numbers', () => {
  const different: string[] = []
  const files = [...programme.actions].map(
    ([id, { examples: _examples, ...rest }]) => [id, rest] as [string, unknown]
  )
  for (const [id, sentences] of [...files, ['parameters', { sharedForm }] as const]) {
    for (const [path, { en, lv }] of sentencesOf(sentences, id)) {
      if (numbersIn(en).join() !== numbersIn(lv).join()) different.push(`${path}\n  ${en}\n  ${lv}`)
    }
  }
  assert.deepEqual(different, [])
})

test('no sentence is said in one language only, and none is left in the other', () => {
  for (const [id, files] of programme.actions) {
    const { eligibility, form } = files
    for (const [path, { en, lv }] of sentencesOf({ eligibility, form, sharedForm }, id)) {
      assert.ok(en.trim() && lv.trim(), path)
      if (en.length > 25) assert.notEqual(en, lv, path)
      assert.doesNotMatch(en, /[āčēģīķļņšūž]{2}/i, path)
    }
  }
})
