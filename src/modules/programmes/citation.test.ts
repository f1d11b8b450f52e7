import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { titled, titleOf } from './citation.ts'
import { shortName } from './pages/actions/citation-text.ts'
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
  const records = { document: 'W216', kind: 'page' as const, ...titled(programme.sources.get('W216')!.title) }
  assert.equal(shortName(records, texts('lv'), 'lv'), 'ES finansējuma un konkursu portāla ieraksti')
  assert.equal(shortName(records, texts('en'), 'en'), 'Records of the EU Funding & Tenders portal')
})
