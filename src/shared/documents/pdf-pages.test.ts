import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { createDeflate } from 'node:zlib'
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

test('a small document that unpacks to a gigabyte is given up before it is there', async () => {
  const before = process.memoryUsage.rss()
  let peak = before
  const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const bomb = await unpackingTo(1000)
  assert.ok(bomb.length < 1_100_000)
  const answers = await Promise.all([1, 2, 3, 4].map(() => countPages(bomb)))
  clearInterval(looking)
  for (const answer of answers) assert.deepEqual(answer, { problem: 'unreadable' })
  assert.ok(peak - before < 1_500_000_000, `${Math.round((peak - before) / 1e6)} MB`)
  assert.deepEqual(await countPages(await unpackingTo(1)), { pages: 0 })
})

/** A PDF whose pages stand in a compressed stream, before so many megabytes of spaces. */
async function unpackingTo(megabytes: number): Promise<Buffer> {
  const places = '1 0 2 40 '
  const objects = '<< /Type /Catalog /Pages 2 0 R >>'.padEnd(40) + '<< /Type /Pages /Kids [] /Count 0 >>'
  const spaces = Buffer.alloc(1_000_000, ' ')
  const content = function* () {
    yield Buffer.from(places + objects)
    for (let at = 0; at < megabytes; at++) yield spaces
  }
  const packed = await buffer(Readable.from(content()).pipe(createDeflate()))
  const start = Buffer.from('%PDF-1.5\n')
  const stream = object(3, `/Type /ObjStm /N 2 /First ${places.length} /Filter /FlateDecode`, packed)
  const at = start.length + stream.length
  // Free; two in the stream of the third; the third; the table itself.
  const table = [[0, 0, 255], [2, 3, 0], [2, 3, 1], [1, start.length, 0], [1, at, 0]] // prettier-ignore
  const rows = Buffer.concat(
    table.map(([kind, place, index]) => {
      const row = Buffer.alloc(6)
      row[0] = kind!
      row.writeUInt32BE(place!, 1)
      row[5] = index!
      return row
    })
  )
  const end = Buffer.from(`startxref\n${at}\n%%EOF\n`)
  return Buffer.concat([start, stream, object(4, '/Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R', rows), end])
}

function object(number: number, says: string, content: Buffer): Buffer {
  const head = `${number} 0 obj\n<< ${says} /Length ${content.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj\n')])
}
