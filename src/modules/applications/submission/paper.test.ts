import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperOrder, submissionOf } from '../../../../tests/cast/paper-order.ts'
import { paperData, paperOf } from './paper.server.ts'

test('what people wrote is shown as text, whatever it holds, and never becomes Typst', async () => {
  const wicked =
    '#panic("no") $x$ *b* \\ #{sys} <label> @ref ]] `raw` // āčēģīķļņšūž ŪŌ\n\n= Heading\n#image("/etc/passwd")'
  const pdf = await paperOf(paperOrder({ text: wicked }))
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-')
  const bytes = Buffer.from(pdf).toString('latin1')
  assert.match(bytes, /pdfaid:part>2</)
  assert.match(bytes, /pdfaid:conformance>A</)
  assert.match(bytes, /\/MarkInfo/)
})

test('forty pages take seconds at most', async (t) => {
  const sentence = 'Skolas māca cita citu lasīt, rakstīt un klausīties; ģimenes nāk līdzi. '
  const long = paperOrder({ text: sentence.repeat(40).slice(0, 2800) })
  const pages = Buffer.from(await paperOf(long))
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g)!.length
  // What this process computed: the machine of a test has other things to do. The bench has the figure.
  const began = process.cpuUsage()
  await paperOf({ ...long, content: { ...long.content, title: 'Vēlreiz' } })
  const { user, system } = process.cpuUsage(began)
  const took = (user + system) / 1000 // not of a guide: microseconds
  t.diagnostic(`${pages} pages in ${Math.round(took)} ms`)
  assert.ok(pages >= 30, String(pages))
  assert.ok(took < 1000, `${took} ms`)
})

test('a draft says so across every page; what was handed in does not', () => {
  const order = paperOrder()
  assert.equal(paperData(order).watermark, 'MELNRAKSTS')
  const data = paperData({ ...order, submission: submissionOf(order) })
  assert.equal(data.watermark, null)
  assert.equal(data.hash, order.hash)
  assert.ok(data.receipt.some(({ value }) => value === '2026. gada 5. marts, 11:59:59,123 (+01:00)'))
})
