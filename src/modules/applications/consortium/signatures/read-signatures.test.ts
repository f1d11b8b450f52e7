import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipSync } from 'fflate'
import { asicType } from './asic.server.ts'
import { readSignatures } from './read-signatures.server.ts'
import { type FoundSignature, allIntact } from './signature.ts'
import { cms, justAfter, signedContainer, signedPdf, signerNamed } from './signatures.fixture.ts'

const anna = signerNamed('Anna Kalniņa')
const bruno = signerNamed('Bruno Bērziņš', 'rsa')
const files = { 'pilnvara.pdf': '%PDF-1.7 Pilnvara', 'pielikums ā.txt': 'Pielikums' }

/** The one signature of a document that has one. */
function oneIn(content: Buffer, kind: 'pdf' | 'asice'): FoundSignature {
  const read = readSignatures(content, kind)
  assert.ok('signatures' in read, JSON.stringify(read))
  assert.equal(read.signatures.length, 1)
  return read.signatures[0]!
}

function problemIn(content: Buffer, kind: 'pdf' | 'asice'): string {
  const read = readSignatures(content, kind)
  return 'problem' in read ? read.problem : JSON.stringify(read.signatures.map(({ integrity }) => integrity))
}

test('a PDF that Anna signed is intact, and its certificate names her', () => {
  for (const signer of [anna, bruno]) {
    const pdf = signedPdf(signer)
    const found = oneIn(pdf, 'pdf')
    assert.deepEqual(found.integrity, { state: 'intact' })
    assert.ok(/Anna Kalniņa|Bruno Bērziņš/.test(found.certificate!.name))
    assert.equal(found.certificate!.organisation, 'Cēsu skola')
    assert.equal(found.validThen, true)
    assert.ok(allIntact(readSignatures(pdf, 'pdf')))
  }
})

test('one letter changed in a signed PDF is seen', () => {
  const pdf = signedPdf(anna, 'Pilnvara')
  pdf.write('Pilnvera', pdf.indexOf('Pilnvara'))
  assert.deepEqual(oneIn(pdf, 'pdf').integrity, { state: 'broken', why: 'content-changed' })
})

test('what was appended to a signed PDF makes it signed in part only', () => {
  const pdf = Buffer.concat([signedPdf(anna), Buffer.from('3 0 obj\n<< /Says (Cits) >>\nendobj\n%%EOF\n')])
  assert.deepEqual(oneIn(pdf, 'pdf').integrity, { state: 'intact-in-part', why: 'added-afterwards' })
})

test('a hole with more in it than the signature, or ranges that overlap, are not taken', () => {
  const pdf = signedPdf(anna)
  const text = pdf.toString('latin1')
  const wider = Buffer.from(
    text.replace(/\/ByteRange \[0 (\d+)/, (_, at: string) => `/ByteRange [0 ${Number(at) - 9}`),
    'latin1'
  )
  assert.deepEqual(oneIn(wider, 'pdf').integrity.state, 'not-checked')
  const backwards = Buffer.from(text.replace(/\/ByteRange \[0 (\d+)/, '/ByteRange [9 $1'), 'latin1')
  assert.deepEqual(oneIn(backwards, 'pdf').integrity.state, 'not-checked')
})

test('a signature cut out of one PDF and put into another is broken', () => {
  const other = signedPdf(anna, 'Something else', () => cms(anna, Buffer.from('%PDF of another day')))
  assert.deepEqual(oneIn(other, 'pdf').integrity, { state: 'broken', why: 'content-changed' })
})

test('a weak digest is named, not believed', () => {
  const weak = signedPdf(anna, 'Pilnvara', (signer, content) => cms(signer, content, 'sha1'))
  assert.deepEqual(oneIn(weak, 'pdf').integrity, { state: 'not-checked', why: 'weak-digest' })
})

test('a PDF without a signature says so', () => {
  assert.equal(problemIn(Buffer.from('%PDF-1.7\n%%EOF'), 'pdf'), 'no-signature')
})

test('a container that Anna or Bruno signed is intact: every file, by their certificate', () => {
  for (const signer of [anna, bruno]) {
    const container = signedContainer(signer, files)
    const found = oneIn(container, 'asice')
    assert.deepEqual(found.integrity, { state: 'intact' })
    assert.equal(found.saysSignedAt, justAfter(signer))
    assert.ok(allIntact(readSignatures(container, 'asice')))
  }
})

test('a certificate that was not valid yet is told', () => {
  const found = oneIn(signedContainer(anna, files, { signedAt: '2019-01-01T00:00:00Z' }), 'asice')
  assert.deepEqual(found.integrity, { state: 'intact' })
  assert.equal(found.validThen, false)
})

test('a file put into a signed container afterwards is not taken as signed', () => {
  const found = oneIn(signedContainer(anna, files, { unsigned: { 'cits.pdf': '%PDF Cits' } }), 'asice')
  assert.deepEqual(found.integrity, { state: 'intact-in-part', why: 'files-not-signed' })
})

test('a file changed after signing, a signing time changed, another certificate: each is seen', () => {
  const swapped = signedContainer(anna, { 'a.txt': 'viens' }, { unsigned: { 'a.txt': 'divi' } })
  assert.deepEqual(oneIn(swapped, 'asice').integrity, { state: 'broken', why: 'content-changed' })
  const later = signedContainer(anna, files, {
    xml: (xml) => xml.replace(/<xades:SigningTime>\d/, '<xades:SigningTime>3')
  })
  assert.deepEqual(oneIn(later, 'asice').integrity, { state: 'broken', why: 'content-changed' })
  const posed = signedContainer(anna, files, { shows: bruno })
  assert.notEqual(oneIn(posed, 'asice').integrity.state, 'intact')
})

test('a wrapped signature is not taken: two elements of one id, properties somewhere else', () => {
  const twice = (xml: string) =>
    xml.replace('<ds:Signature Id="S0">', '<ds:Signature Id="S0"><ds:Object><x Id="S0-p"></x></ds:Object>')
  assert.equal(problemIn(signedContainer(anna, files, { xml: twice }), 'asice'), 'ambiguous')
  const away = (xml: string) => xml.replace('Target="#S0"', 'Target="#S1"')
  assert.equal(oneIn(signedContainer(anna, files, { xml: away }), 'asice').integrity.state, 'not-checked')
})

test('references that transform, or that lead out of the container, are not followed', () => {
  const out = (xml: string) => xml.replace('URI="pilnvara.pdf"', 'URI="https://example.org/pilnvara.pdf"')
  assert.equal(oneIn(signedContainer(anna, files, { xml: out }), 'asice').integrity.state, 'broken')
})

test('document types, entities and XML that is none are refused', () => {
  const bomb = (xml: string) => xml.replace('?>', '?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>')
  assert.equal(problemIn(signedContainer(anna, files, { xml: bomb }), 'asice'), 'ambiguous')
  assert.equal(problemIn(signedContainer(anna, files, { xml: () => '<a><b></a>' }), 'asice'), 'damaged')
})

test('a container that unpacks to far more, or climbs out of itself, is refused before it grows', () => {
  const bomb = signedContainer(anna, files, { unsigned: { 'big.txt': 'a'.repeat(60_000_000) } })
  assert.ok(bomb.length < 200_000)
  assert.equal(problemIn(bomb, 'asice'), 'too-much')
  const climbs = signedContainer(anna, files, { unsigned: { '../../etc/passwd': 'x' } })
  assert.equal(problemIn(climbs, 'asice'), 'ambiguous')
  const shouting = signedContainer(anna, files, { unsigned: { 'PILNVARA.PDF': 'x' } })
  assert.equal(problemIn(shouting, 'asice'), 'ambiguous')
})

test('a container signed in CMS is said to be one that is not read', () => {
  const container = zipSync({
    mimetype: [Buffer.from(asicType), { level: 0 }],
    'a.txt': Buffer.from('a'),
    'META-INF/signature001.p7s': Buffer.from('0')
  })
  assert.equal(problemIn(Buffer.from(container), 'asice'), 'way-not-known')
})

test('whatever bytes come, nothing is thrown', () => {
  const whole = { pdf: signedPdf(anna), asice: signedContainer(anna, files) }
  for (const kind of ['pdf', 'asice'] as const) {
    const content = whole[kind]
    for (let at = 0; at < content.length; at += 97) {
      const cut = Buffer.from(content)
      cut[at] = cut[at]! ^ 0x5a
      readSignatures(cut, kind)
      readSignatures(content.subarray(0, at), kind)
    }
  }
})
