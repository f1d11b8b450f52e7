import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { titled, titleOf } from './citation.ts'
import { loadProgrammes } from './programmes.server.ts'

test('a document keeps its own title in both languages', () => {
  const one = titled('EACEA, Guide for Applicants')
  assert.deepEqual([titleOf(one, 'lv'), titleOf(one, 'en')], Array(2).fill('EACEA, Guide for Applicants'))
})

test('what is said of a source by us is said in the language of whoever reads', () => {
  const { programme } = loadProgrammes(join(import.meta.dirname, '../../../programmes'))
  for (const [id, lv, en] of [
    ['unverified', /^Dokumentā vēl nav atrasts/, /^Not found in a document/],
    ['seed-003', /slaidi/, /slides/]
  ] as const) {
    const one = titled(programme.sources.get(id)!.title)
    assert.match(titleOf(one, 'lv'), lv)
    assert.match(titleOf(one, 'en'), en)
    assert.match(one.title, en)
  }
})
