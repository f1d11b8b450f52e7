import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdfOf } from '../files/files.fixture.ts'
import { countPages } from './pdf-pages.ts'

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
