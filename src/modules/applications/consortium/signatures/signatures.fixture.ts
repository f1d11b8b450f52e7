import { execFileSync } from 'node:child_process'
import { X509Certificate, createHash, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { asicType } from './asic.server.ts'

/** Documents that are signed for tests, by keys and certificates that OpenSSL makes on the spot. */

export type Signer = { certificate: Buffer; certificatePem: string; keyPem: string; kind: 'rsa' | 'ec' }

/** Somebody with a certificate of their own making. */
export function signerNamed(name: string, kind: Signer['kind'] = 'ec'): Signer {
  return inFolder((folder) => {
    const key = join(folder, 'key.pem')
    const certificate = join(folder, 'certificate.pem')
    const algorithm = kind === 'ec' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] : ['rsa:2048']
    openssl(
      ...['req', '-x509', '-newkey', ...algorithm, '-nodes', '-days', '3650', '-utf8', '-keyout', key],
      ...['-out', certificate, '-subj', `/CN=${name}/O=Cēsu skola/C=LV`]
    )
    const certificatePem = readFileSync(certificate, 'utf8')
    const { raw } = new X509Certificate(certificatePem)
    return { certificate: raw, certificatePem, keyPem: readFileSync(key, 'utf8'), kind }
  })
}

const holeLength = 12_000 // not of a guide: hexadecimal digits

/** A PDF with a signature in it, as viewers of PDF make one. */
export function signedPdf(signer: Signer, says = 'Pilnvara', sign = cms): Buffer {
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Says (${says}) >>\nendobj\n`
  const range = '/ByteRange [0 ########## ########## ##########]'
  const before = `2 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${range} /Contents `
  const after = ` >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
  const holeAt = Buffer.byteLength(head + before)
  const resumes = holeAt + holeLength + 2
  const numbers = [holeAt, resumes, Buffer.byteLength(after)]
  const ranged = numbers.reduce(
    (text, number) => text.replace('##########', String(number).padEnd(10)),
    before
  )
  const signature = sign(signer, Buffer.from(head + ranged + after))
  const hole = `<${signature.toString('hex').padEnd(holeLength, '0')}>`
  return Buffer.from(head + ranged + hole + after)
}

/** A detached CMS signature with signed attributes. */
export function cms(signer: Signer, content: Buffer, digest = 'sha256'): Buffer {
  return inFolder((folder) => {
    const [data, key, certificate, out] = ['data', 'key', 'certificate', 'out'].map((name) =>
      join(folder, name)
    )
    writeFileSync(data!, content)
    writeFileSync(key!, signer.keyPem)
    writeFileSync(certificate!, signer.certificatePem)
    openssl(
      ...['cms', '-sign', '-binary', '-cades', '-md', digest, '-in', data!, '-signer', certificate!],
      ...['-inkey', key!, '-outform', 'DER', '-out', out!]
    )
    return readFileSync(out!)
  })
}

/** What of a container is made otherwise, for tests of what must not pass. */
export type ContainerTricks = {
  /** Files that lie in the container and are not signed. */
  unsigned?: Record<string, string>
  /** Applied to the XML after it was signed. */
  xml?: (xml: string) => string
  /** Another certificate in the key's place. */
  shows?: Signer
  signedAt?: string
}

/** A container of the same kind in which nobody has signed yet. */
export function unsignedContainer(files: Record<string, Buffer>): Buffer {
  return Buffer.from(zipSync({ mimetype: [Buffer.from(asicType), { level: 0 }], ...files }))
}

/** An ASiC-E container with one XAdES signature; its XML is written in canonical form by hand. */
export function signedContainer(
  signer: Signer,
  files: Record<string, string | Buffer>,
  tricks: ContainerTricks = {}
): Buffer {
  const xml = xadesOf(signer, files, tricks)
  const parts = Object.entries({ ...files, ...tricks.unsigned }).map(([name, text]) => [
    name,
    Buffer.from(text)
  ])
  return Buffer.from(
    zipSync({
      mimetype: [Buffer.from(asicType), { level: 0 }],
      ...Object.fromEntries(parts),
      'META-INF/signatures0.xml': Buffer.from(tricks.xml?.(xml) ?? xml)
    })
  )
}

const ds = 'http://www.w3.org/2000/09/xmldsig#'
const xades = 'http://uri.etsi.org/01903/v1.3.2#'
const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

function xadesOf(signer: Signer, files: Record<string, string | Buffer>, tricks: ContainerTricks): string {
  // In the inclusive form an element carries the namespaces around it: asic (of the root), ds and xades.
  const around = 'xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="' + ds + '"'
  const inProperties = `${around} xmlns:xades="${xades}"`
  const certDigest = `<ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod><ds:DigestValue>${digest(signer.certificate)}</ds:DigestValue>`
  const properties = (more: string) =>
    `<xades:SignedProperties${more} Id="S0-p"><xades:SignedSignatureProperties><xades:SigningTime>${tricks.signedAt ?? justAfter(signer)}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${certDigest}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>`
  const reference = (uri: string, value: string, more = '', type = '') =>
    `<ds:Reference${type} URI="${uri}">${more}<ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`
  const transforms = `<ds:Transforms><ds:Transform Algorithm="${c14n}"></ds:Transform></ds:Transforms>`
  const method =
    signer.kind === 'ec'
      ? 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
      : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  const references = [
    ...Object.entries(files).map(([name, text]) =>
      reference(encodeURIComponent(name), digest(Buffer.from(text)))
    ),
    reference(
      '#S0-p',
      digest(Buffer.from(properties(` ${inProperties}`))),
      transforms,
      ' Type="http://uri.etsi.org/01903#SignedProperties"'
    )
  ].join('')
  const info = (more: string) =>
    `<ds:SignedInfo${more}><ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod>${references}</ds:SignedInfo>`
  const key =
    signer.kind === 'ec' ? { key: signer.keyPem, dsaEncoding: 'ieee-p1363' as const } : signer.keyPem
  const value = sign('sha256', Buffer.from(info(` ${around}`)), key).toString('base64')
  const shown = (tricks.shows ?? signer).certificate.toString('base64')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<asic:XAdESSignatures ${around}><ds:Signature Id="S0">${info('')}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${shown}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="${xades}" Target="#S0">${properties('')}</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>`
}

/** A moment at which a new certificate is valid. */
export function justAfter({ certificate }: Signer): string {
  return new X509Certificate(certificate).validFromDate.toISOString().replace(/\.\d+/, '')
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64')
}

function openssl(...given: string[]): void {
  execFileSync('openssl', given, { stdio: 'pipe' })
}

function inFolder<Value>(work: (folder: string) => Value): Value {
  const folder = mkdtempSync(join(tmpdir(), `kopa-signing-${randomBytes(3).toString('hex')}`))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What of an update is made otherwise, for tests of what must not pass. */
export type UpdateTricks = {
  sign?: typeof cms
  /** Objects that the update adds or redefines, by their number: what stands between “obj” and “endobj”. */
  objects?: Record<number, string>
  /** Entries of the field of the signature. */
  field?: string
  /** Stands between the objects and the table. */
  between?: string
  /** Applied to the table and the trailer before anything is signed. */
  table?: (table: string) => string
}

/** A PDF that was there before, signed by an update that is appended to it, as ISO 32000 has it. */
export function signedUpdate(signer: Signer, pdf: Buffer, tricks: UpdateTricks = {}): Buffer {
  const text = pdf.toString('latin1')
  const trailer = text.slice(text.lastIndexOf('trailer'))
  const [, size, root] = /\/Size (\d+)[\s\S]*\/Root (\d+) 0 R/.exec(trailer)!.map(Number) as [
    number,
    number,
    number
  ]
  const page = Number(/\n(\d+) 0 obj\n<<\n? *\/Type \/Page\n/.exec(text)![1])
  const bodyOf = (number: number) => {
    const from = text.lastIndexOf(`\n${number} 0 obj\n`)
    return text.slice(text.indexOf('<<', from), text.indexOf('endobj', from)).trim()
  }
  // Whoever signed before has left an entry of the same name.
  const plus = (body: string, entry: string) =>
    body.replace(/\/AcroForm \d+ 0 R|\/Annots \[[^\]]*\]/, '').replace(/>>$/, `${entry} >>`)
  const range = '/ByteRange [0 ########## ########## ##########]'
  const moment = `/M (D:${justAfter(signer).replace(/[-:T]/g, '')})`
  const place = tricks.field ?? '/Rect [0 0 0 0]'
  const objects: Record<number, string> = {
    [root]: plus(bodyOf(root), `/AcroForm ${size + 2} 0 R`),
    [page]: plus(bodyOf(page), `/Annots [${size + 1} 0 R]`),
    [size]: `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${moment} ${range} /Contents HOLE >>`,
    [size + 1]:
      `<< /FT /Sig /Type /Annot /Subtype /Widget /F 132 /T (Signature1) /V ${size} 0 R /P ${page} 0 R ${place} >>`,
    [size + 2]: `<< /Fields [${size + 1} 0 R] /SigFlags 3 >>`,
    ...tricks.objects
  }
  const hole = '<'.padEnd(holeLength + 1, '0') + '>'
  let made = `${text}\n`
  const table = Object.entries(objects).map(([number, body]) => {
    const entry = `${number} 1\n${String(made.length).padStart(10, '0')} 00000 n \n`
    made += `${number} 0 obj\n${body.replace('HOLE', hole)}\nendobj\n`
    return entry
  })
  made += tricks.between ?? ''
  const before = text.lastIndexOf('\nxref\n') + 1
  const end = `xref\n${table.join('')}trailer\n<< /Size ${size + 3} /Root ${root} 0 R /Prev ${before} >>\n`
  made += `${tricks.table?.(end) ?? end}startxref\n${made.length}\n%%EOF\n`
  const holeAt = made.indexOf(hole, text.length)
  const resumes = holeAt + hole.length
  const ranged = [holeAt, resumes, made.length - resumes].reduce(
    (whole, number) => whole.replace('##########', String(number).padEnd(10)),
    made
  )
  const signed = Buffer.from(ranged.slice(0, holeAt) + ranged.slice(resumes), 'latin1')
  const signature = (tricks.sign ?? cms)(signer, signed).toString('hex').padEnd(holeLength, '0')
  return Buffer.from(`${ranged.slice(0, holeAt)}<${signature}>${ranged.slice(resumes)}`, 'latin1')
}
