import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { Temporal } from 'temporal-polyfill'
import { NoDocument, renderPdf } from '#shared/documents/render-pdf.ts'
import { checkEligibility } from './actions/check-eligibility.ts'
import { reportData, reportPdf } from './check-documents.server.ts'
import { loadProgrammes } from './programmes.server.ts'
import { readConsortium } from './read-consortium.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../programmes'))
const hostile = '#panic() *x* _y_ $z$ @ref <b>&lt;</b> =SUM(A1) \\ // [`'

function order(language: 'lv' | 'en', action?: string) {
  const { request } = readConsortium(
    {
      callYear: 2026,
      durationMonths: 24,
      grantEur: 90_000,
      ...(action && { action }),
      partners: [
        { name: hostile, country: 'LV', type: 'school', role: 'coordinator' },
        { name: 'Tartu kool', country: 'EE', type: 'school', role: 'partner' }
      ]
    },
    programmes.knowledge
  )
  const reports = checkEligibility({ programmes }, request!)
  assert.ok(Array.isArray(reports))
  return {
    reports,
    request: request!,
    programmes,
    language,
    now: Temporal.Instant.from('2026-03-01T10:00:00Z'),
    link: `https://kopa.example/${language}/eligibility-checks?c=abc`
  }
}

for (const language of ['lv', 'en'] as const) {
  test(`the report in ${language} is a tagged PDF/UA-1 with a title and a language`, async () => {
    for (const action of ['small-scale-partnerships', undefined]) {
      const pdf = Buffer.from(await reportPdf(order(language, action)))
      const text = plain(pdf)
      assert.match(text.slice(0, 8), /^%PDF-1\.7/)
      assert.match(text, /pdfuaid:part>1</)
      assert.match(text, /\/MarkInfo\s*<<\s*\/Marked true/)
      assert.match(text, /\/StructTreeRoot/)
      assert.match(text, new RegExp(`/Lang\\s*\\(${language}\\)`))
      assert.match(text, /\/URI\s*\(https:\/\/kopa\.example/)
    }
  })
}

test('a name with mark-up, formulas and Typst in it reaches the report as it was written', async () => {
  const data = reportData(order('en', 'small-scale-partnerships'))
  assert.equal(data.partners[0]![1], hostile)
  // #panic() would have stopped the typesetter.
  assert.ok((await reportPdf(order('en', 'small-scale-partnerships'))).byteLength > 10_000)
})

test('the report says verdict, rules with their page, changes and the day of the check', () => {
  const data = reportData(order('en', 'small-scale-partnerships'))
  assert.match(data.lead, /1 March 2026/)
  const [action] = data.actions
  assert.equal(action!.answer, 'not-eligible')
  assert.ok(action!.changes.length > 0)
  const broken = action!.groups[0]!.rules[0]!
  assert.match(broken.source, /2026, p\. \d+/)
  assert.match(broken.reason, /90,000/)
})

test('the same check gives the same file, byte for byte', async () => {
  const [first, second] = [await reportPdf(order('lv')), await reportPdf(order('lv'))]
  assert.ok(Buffer.from(first).equals(Buffer.from(second)))
})

test('a document that takes too long is given up, and the next one is made', async () => {
  // A whole report takes many milliseconds on any machine; one is not enough.
  const template = 'src/modules/programmes/check-report.typ'
  const late = renderPdf({ template, data: reportData(order('lv')), at: 0 }, 1)
  await assert.rejects(late, NoDocument)
  assert.ok((await reportPdf(order('lv', 'small-scale-partnerships'))).byteLength > 0)
})

test('when too many wait, the next is told to come again', async () => {
  const many = Array.from({ length: 25 }, () => reportPdf(order('en', 'small-scale-partnerships')))
  const settled = await Promise.allSettled(many)
  const refused = settled.filter(({ status }) => status === 'rejected')
  assert.equal(refused.length, 5)
  for (const one of refused) assert.ok('reason' in one && one.reason instanceof NoDocument)
})

/** The file with its compressed streams opened, as far as they open. */
function plain(pdf: Buffer): string {
  const parts = [pdf.toString('latin1')]
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('endstream', at)
    try {
      parts.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'))
    } catch {
      // Fonts and pictures are of no matter here.
    }
  }
  return parts.join('\n')
}
