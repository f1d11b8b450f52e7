import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type PdfInside, insideOf, pagesOf, valueOf } from '#shared/documents/pdf-inside.fixture.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Outline, Participant } from '../application.ts'
import { mandateToSign } from '../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../consortium/mandate.ts'
import { paperOrder, submissionOf } from '../../../../tests/cast/paper-order.ts'
import { paperOf } from './paper.server.ts'

// What PDF/A-2a (ISO 19005-2) asks of a file, as far as it can be read without a validator: each assertion is one of
// its clauses. That no other is broken is what the typesetter declares; veraPDF says so where it is at hand.

const order = paperOrder({ names: ['თბილისის უნივერსიტეტი', 'جامعة القاهرة', '清华大学', 'Āža “kalns” 👩‍👧'] })
const partner = { name: 'თბილისის უნივერსიტეტი', role: 'partner' } as Participant
const outline = {
  ...{ code: '2026-lv-viaa-3-7kq2x', title: 'Lasīšanas tilti', call: '2026-lv-viaa-3' },
  participants: [{ name: 'Āža kalns', role: 'coordinator' }, partner]
} as Outline

const papers = {
  'an application that was handed in': () => paperOf({ ...order, submission: submissionOf(order) }),
  'a draft': () => paperOf(order),
  'a mandate': async () => {
    const text = mandateTextFor('partner', '2026-03-01')
    const pdf = await mandateToSign(outline, partner, { text, language: 'lv' })
    assert.ok(!isRefused(pdf))
    return pdf
  }
}

for (const [name, make] of Object.entries(papers)) {
  suite(`${name}, to be kept`, () => {
    let pdf: Uint8Array
    let inside: PdfInside
    before(async () => {
      pdf = await make()
      inside = insideOf(pdf)
    })

    test('says that it is PDF/A-2a, once and in one place', () => {
      assert.match(inside.metadata, /<pdfaid:part>2<\/pdfaid:part>/)
      assert.match(inside.metadata, /<pdfaid:conformance>A<\/pdfaid:conformance>/)
      assert.equal(valueOf(inside.catalog, 'Type'), '/Catalog')
      // They lie open, so that any program finds them, whatever else is packed.
      assert.equal(valueOf(inside.behind(valueOf(inside.catalog, 'Metadata')!), 'Filter'), undefined)
    })

    test('begins as a file of bytes, has an identity, and ends where it says (6.1.2, 6.1.3)', () => {
      assert.match(Buffer.from(pdf).toString('latin1', 0, 16), /^%PDF-1\.[0-7]\n%[\u0080-\u00ff]{4}/)
      assert.match(inside.trailer, /\/ID \[\(.+\) \(.+\)\]/)
      assert.match(inside.trailer, /%%EOF\s*$/)
    })

    test('has its colours defined by a profile that it carries (6.2.3)', () => {
      const intents = inside.behind(valueOf(inside.catalog, 'OutputIntents')!).says
      const intent = intents.includes('/GTS_PDFA1')
        ? intents
        : inside.behind(/(\d+ 0 R)/.exec(intents.replace(/^\d+ 0 obj/, ''))![1]!).says
      assert.match(intent, /\/S \/GTS_PDFA1/)
      const profile = inside.behind(valueOf({ says: intent }, 'DestOutputProfile')!).stream!
      // An ICC profile has its mark at byte 36, its size in front, and says which colours it is for.
      assert.equal(profile.toString('latin1', 36, 40), 'acsp')
      assert.equal(profile.readUInt32BE(0), profile.length)
      assert.equal(profile.toString('latin1', 16, 20), 'RGB ')
    })

    test('carries every font that it uses, and what each sign means as text (6.2.11.4, 6.2.11.7)', () => {
      const fonts = inside.objects.filter((one) => valueOf(one, 'Type') === '/Font')
      const descendants = fonts.filter((one) => /^\/CIDFont/.test(valueOf(one, 'Subtype') ?? ''))
      const whole = fonts.filter((one) => !descendants.includes(one))
      assert.ok(whole.length > 0)
      assert.equal(whole.length, descendants.length)
      for (const font of whole) assert.ok(inside.behind(valueOf(font, 'ToUnicode')!).stream!.length > 0)
      for (const font of descendants) {
        const descriptor = inside.behind(valueOf(font, 'FontDescriptor')!)
        const file = valueOf(descriptor, 'FontFile2') ?? valueOf(descriptor, 'FontFile3')
        assert.ok(file, `${valueOf(font, 'BaseFont')} is not in the file`)
        assert.ok(inside.behind(file).stream!.length > 0)
      }
    })

    test('is tagged: a language, a title, headings and paragraphs (6.7)', async () => {
      assert.match(inside.catalog.says, /\/MarkInfo\s*<<\s*\/Marked true/)
      assert.equal(valueOf(inside.catalog, 'Lang'), '(lv)')
      assert.equal(
        valueOf(inside.behind(valueOf(inside.catalog, 'StructTreeRoot')!), 'Type'),
        '/StructTreeRoot'
      )
      assert.match(inside.metadata, /<dc:title><rdf:Alt><rdf:li xml:lang="x-default">[^<]+</)
      const [first] = await pagesOf(pdf)
      for (const tag of ['Document', 'H1', 'P', 'Table', 'TR', 'TD'])
        assert.ok(first!.tags.includes(tag), tag)
    })

    test('does nothing, hides nothing and fetches nothing (6.1.3, 6.1.7, 6.5.1, 6.8)', () => {
      assert.doesNotMatch(inside.trailer, /\/Encrypt/)
      for (const { id, says } of inside.objects) {
        const found =
          /\/(JavaScript|JS|AA|OpenAction|Launch|SubmitForm|ImportData|GoToR|GoToE|URI|Filespec|EmbeddedFiles?|XFA|Movie|Sound|RichMedia|FFilter|LZWDecode|Crypt)\b/.exec(
            says
          )
        assert.equal(found?.[0], undefined, `object ${id}`)
      }
    })
  })
}

test('the hash of the content stands on the first page whole, on every page in short; the receipt’s times on the first', async () => {
  const pages = await pagesOf(await papers['an application that was handed in']())
  assert.ok(pages.length > 5)
  const short = new RegExp(`SHA-256 ?${order.hash!.slice(0, 8)} ?${order.hash!.slice(8, 16)}`)
  for (const { text } of pages) assert.match(text, short)
  assert.ok(pages[0]!.text.includes(order.hash!))
  assert.match(pages[0]!.text, /11:59:59[.,]123.*\(\+01:00\).*10:59:59[.,]123.*\(UTC\)/)
})

test('signs that no font has are counted on the first page, and where the text is stands there', async () => {
  const [first] = await pagesOf(await papers['a draft']())
  assert.match(first!.text, /Pats teksts ir lasāms pieteikumā vietnē\. .*\(to vietā ir □\): \d+/)
  const plain = paperOrder({ names: ['Āža “kalns”'] })
  const [unharmed] = await pagesOf(await paperOf(plain))
  assert.doesNotMatch(unharmed!.text, /□/)
})
