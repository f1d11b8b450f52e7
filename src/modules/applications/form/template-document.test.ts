import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { fileTypeFromBuffer } from 'file-type'
import { templateDocument } from './template-document.server.ts'

const template = {
  title: { en: 'Description', lv: 'Projekta apraksts' },
  headings: [
    {
      title: { en: 'Relevance', lv: 'Atbilstība' },
      advice: { en: 'Need & aims', lv: 'Vajadzība & mērķi <īsi>\u0007' }
    },
    { title: { en: 'Impact', lv: 'Ietekme' } }
  ]
}
const wanted = {
  language: 'lv',
  application: 'Upe (2026-lv-viaa-3-7kq2)',
  notes: ['Ne vairāk kā 70 lappušu.']
} as const

test('the template opens as a Word document with its headings and advice', async () => {
  const bytes = templateDocument(template, wanted)
  assert.equal((await fileTypeFromBuffer(bytes))?.ext, 'docx')
  const parts = unzipSync(bytes)
  const text = strFromU8(parts['word/document.xml']!)
  const shown = [...text.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, one]) => one)
  assert.deepEqual(shown, [
    'Projekta apraksts',
    'Upe (2026-lv-viaa-3-7kq2)',
    'Ne vairāk kā 70 lappušu.',
    'Atbilstība',
    'Vajadzība &amp; mērķi &lt;īsi&gt; ',
    'Ietekme'
  ])
  assert.match(strFromU8(parts['word/styles.xml']!), /w:lang w:val="lv-LV"/)
})

test('the same template is the same file, byte for byte', () => {
  assert.deepEqual(templateDocument(template, wanted), templateDocument(template, wanted))
})
