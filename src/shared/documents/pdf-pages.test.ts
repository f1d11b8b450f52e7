import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countPages } from './pdf-pages.ts'

/** A PDF of so many empty pages. */
function pdfOf(pages: number): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>')
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`)
}

test('the pages of a document are counted', async () => {
  assert.deepEqual(await countPages(pdfOf(1)), { pages: 1 })
  assert.deepEqual(await countPages(pdfOf(41)), { pages: 41 })
})

test('what only begins like a PDF has no pages', async () => {
  assert.deepEqual(await countPages(Buffer.from('%PDF-1.7\nnothing else\n')), { problem: 'unreadable' })
})

test('nobody waits for a document that takes for ever', async () => {
  assert.deepEqual(await countPages(pdfOf(1), 1), { problem: 'unreadable' })
})
