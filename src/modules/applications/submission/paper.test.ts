import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { formFor } from '#server/programmes'
import { completeAnswers } from '../../../../tests/cast/answers-complete.ts'
import { theProgrammes } from '../../../../tests/cast/calls-at-desk.ts'
import type { Participant } from '../application.ts'
import { type SealedContent, contentFormat, hashOfContent } from './manifest.ts'
import { paperData, paperOf } from './paper.server.ts'

const now = Temporal.Instant.from('2026-03-05T10:59:59.123Z')
const form = formFor(theProgrammes(), { action: 'cooperation-partnerships', edition: 2026, field: 'school' })!
const participants = Array.from({ length: 10 }, (_, at) => ({
  id: `aaaaaaaa-bbbb-4ccc-8ddd-0000000000${10 + at}`,
  position: at,
  role: at === 0 ? ('coordinator' as const) : ('partner' as const),
  organisation: null,
  name: `${at + 1}. vidusskola “Āža kalns” #import "x"`,
  country: 'LV'
}))

/** What ten schools answered; every text is as long as the form lets it be, or as given. */
function content(text?: string): SealedContent {
  const given = completeAnswers(form, participants as unknown as Participant[])
  const answers = Object.fromEntries(
    Object.entries(given).map(([path, one]) => [path, 'text' in one ? (text ?? one.text) : one.value])
  )
  return {
    format: contentFormat,
    ...{ application: '2026-lv-viaa-3-7kq2x', call: '2026-lv-viaa-3', action: form.action, edition: 2026 },
    ...{
      field: 'school',
      form: form.version,
      language: 'lv',
      title: 'Lasīšanas tilti',
      participants,
      answers
    },
    ...{ budget: null, files: [], declaration: null }
  }
}

const order = (one: SealedContent) => ({
  ...{ content: one, form, call: 'Sadarbības partnerības', action: 'Sadarbības partnerība', now },
  hash: hashOfContent(one)
})

test('what people wrote is shown as text, whatever it holds, and never becomes Typst', async () => {
  const wicked =
    '#panic("no") $x$ *b* \\ #{sys} <label> @ref ]] `raw` // āčēģīķļņšūž ŪŌ\n\n= Heading\n#image("/etc/passwd")'
  const pdf = await paperOf(order(content(wicked)))
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-')
  const bytes = Buffer.from(pdf).toString('latin1')
  assert.match(bytes, /pdfaid:part>2</)
  assert.match(bytes, /pdfaid:conformance>A</)
  assert.match(bytes, /\/MarkInfo/)
})

test('forty pages take less than a second', async (t) => {
  const sentence = 'Skolas māca cita citu lasīt, rakstīt un klausīties; ģimenes nāk līdzi. '
  const long = content(sentence.repeat(40).slice(0, 2800))
  const pages = Buffer.from(await paperOf(order(long)))
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g)!.length
  const began = performance.now()
  await paperOf(order({ ...long, title: 'Vēlreiz' }))
  const took = performance.now() - began
  t.diagnostic(`${pages} pages in ${Math.round(took)} ms`)
  assert.ok(pages >= 30, String(pages))
  // The machine of a test has other things to do; the bench has the figure.
  assert.ok(took < 4000)
})

test('a draft says so across every page; what was handed in does not', () => {
  const one = content()
  assert.equal(paperData(order(one)).watermark, 'MELNRAKSTS')
  const submission = {
    ...{
      id: '1',
      application: '2',
      call: one.call,
      number: 12,
      state: 'counts' as const,
      by: '3',
      entry: '4'
    },
    ...{ receivedAt: now, clockError: 1, acceptedAt: now, hash: hashOfContent(one) }
  }
  const data = paperData({ ...order(one), submission })
  assert.equal(data.watermark, null)
  assert.ok(data.mark.includes(hashOfContent(one)))
  assert.ok(data.facts.some(({ value }) => value === '2026-03-05 11:59:59.123 +01:00 (Europe/Brussels)'))
})
