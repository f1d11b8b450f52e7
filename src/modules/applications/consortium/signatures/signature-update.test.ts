import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readPades } from './pades.server.ts'
import { addsOnlySignatures } from './signature-update.server.ts'
import { allIntact } from './signature.ts'
import { type UpdateTricks, signedUpdate, signerNamed } from './signatures.fixture.ts'

const rita = signerNamed('Rita Sousa')
const rui = signerNamed('Rui Reis', 'rsa')

/** A page with a text, and the table that finds its objects. */
function document(says = 'We agree.'): Buffer {
  const stream = `BT (${says}) Tj ET`
  const bodies = [
    '<<\n/Type /Pages /Kids [2 0 R] /Count 1 >>',
    '<<\n/Type /Page\n/Parent 1 0 R /MediaBox [0 0 595.28 841.89] /Contents 3 0 R >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Title (Mandate) >>',
    '<<\n/Type /Catalog /Pages 1 0 R /Lang (en) >>'
  ]
  let text = '%PDF-1.7\n'
  const places = bodies.map((body, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${body}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}`
  return Buffer.from(
    `${text}${table}trailer\n<< /Size 6 /Root 5 0 R /Info 4 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  )
}

const ours = document()
const taken = (tricks: UpdateTricks) => {
  const pdf = signedUpdate(rita, ours, tricks)
  // The signature itself says nothing of what else was added: it is intact each time.
  assert.ok(allIntact(readPades(pdf)), JSON.stringify(readPades(pdf)))
  return addsOnlySignatures(pdf, ours)
}

suite('what a signature adds to the mandate made here', () => {
  test('a signature that is not drawn adds nothing to what is read; Rui signs after Rita', () => {
    assert.equal(taken({}), true)
    const both = signedUpdate(rui, signedUpdate(rita, ours))
    // Rui’s program makes a form and a list of its own; Rita’s signature stays where it was.
    assert.equal(addsOnlySignatures(both, ours), true)
  })

  test('objects between our bytes and the signature, which show another page, make it another document', () => {
    const stream = '<< /Length 25 >>\nstream\nBT (I owe you a house) Tj\nendstream'
    const another = '<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595.28 841.89] /Contents 8 0 R >>'
    const forged: Record<string, UpdateTricks> = {
      'the text of the page redefined': { objects: { 3: stream } },
      'the page with another text': { objects: { 2: another, 20: stream } },
      'other pages in the catalog': { objects: { 5: '<< /Type /Catalog /Pages 20 0 R /Lang (en) >>' } },
      'something that opens by itself': {
        objects: { 5: '<< /Type /Catalog /Pages 1 0 R /Lang (en) /OpenAction << /S /JavaScript >> >>' }
      },
      'another title': { objects: { 4: '<< /Title (Contract) >>' } },
      'a signature drawn over the page': {
        field: '/Rect [0 0 595 842] /AP << /N 20 0 R >>',
        objects: { 20: stream }
      },
      'a field with a place on the page': { field: '/Rect [0 0 595 842]' },
      'a note on the page': {
        objects: {
          2: '<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595.28 841.89] /Contents 3 0 R /Annots [20 0 R] >>',
          20: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /DA (/F 9 Tf) >>'
        }
      },
      'a form that draws by itself': { objects: { 8: '<< /Fields [7 0 R] /XFA (x) >>' } },
      'a key that stands twice': {
        objects: { 5: '<< /Type /Catalog /Pages 20 0 R /Pages 1 0 R /Lang (en) /AcroForm 8 0 R >>' }
      }
    }
    for (const [what, tricks] of Object.entries(forged)) assert.equal(taken(tricks), false, what)
  })

  test('what no table names, or a table that points elsewhere, is not taken', () => {
    const hidden = '3 0 obj\n<< /Says (another) >>\nendobj\n'
    assert.equal(taken({ between: hidden }), false)
    assert.equal(taken({ between: `% ${hidden}` }), false)
    const shifted = (table: string) => table.replace(/(\d{10}) 00000 n/, '0000000012 00000 n')
    assert.equal(taken({ table: shifted }), false)
    const freed = (table: string) => table.replace('trailer', '3 1\n0000000000 00001 f \ntrailer')
    assert.equal(taken({ table: freed }), false)
    assert.equal(taken({ table: (table) => table.replace('/Root 5', '/Root 1') }), false)
    assert.equal(taken({ table: (table) => table.replace('/Prev', '/XRefStm 9 /Prev') }), false)
  })

  test('our bytes alone, or another document, are not the mandate made here and signed', () => {
    assert.equal(addsOnlySignatures(ours, ours), false)
    assert.equal(addsOnlySignatures(Buffer.concat([ours, Buffer.from('\n\n')]), ours), false)
    assert.equal(addsOnlySignatures(signedUpdate(rita, document('We refuse.')), ours), false)
  })
})
