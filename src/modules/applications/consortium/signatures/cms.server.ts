import { type KeyObject, type X509Certificate, constants, createHash, verify } from 'node:crypto'
import { ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { certificateFrom } from './certificate.server.ts'
import type { Integrity } from './signature.ts'

/** What a detached CMS signature says about some bytes. */
export type CmsRead = {
  integrity: Integrity
  certificate: X509Certificate | undefined
  timeStamp: boolean
  /** The signing time among the signed attributes, where there is one. */
  saysSignedAt: string | undefined
}

const oid = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  timeStamp: '1.2.840.113549.1.9.16.2.14',
  pss: '1.2.840.113549.1.1.10'
}

const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512'
}

/** Signatures that Node verifies with a digest of its own choice of padding: RSA (PKCS #1) and ECDSA. */
const plainSignatures = new Set([
  '1.2.840.113549.1.1.1',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.2.1',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4'
])

/**
 * Verifies a detached CMS signature over `signed`. One signer, signed attributes, a digest of the SHA-2 family.
 * @param der the signature, without padding
 */
export function readCms(der: Uint8Array, signed: readonly Uint8Array[]): CmsRead | undefined {
  const data = signedDataOf(der)
  const signer = data?.signerInfos[0]
  if (!data || !signer || data.signerInfos.length !== 1) return undefined
  const certificate = certificateOf(data, signer, der)
  const timeStamp = (signer.unsignedAttrs ?? []).some(({ attrType }) => attrType === oid.timeStamp)
  const saysSignedAt = timeOf(attributeOf(signer, oid.signingTime))
  const found = { certificate, timeStamp, saysSignedAt }
  const unread = unreadable(data, signer)
  if (unread) return { ...found, integrity: { state: 'not-checked', why: unread } }
  const attributes = signedAttributes(signer, der)
  if (!attributes) return { ...found, integrity: { state: 'not-checked', why: 'way-not-known' } }
  if (!certificate) return { ...found, integrity: { state: 'not-checked', why: 'no-certificate' } }
  return { ...found, integrity: verified(signer, attributes, certificate, signed) }
}

function signedDataOf(der: Uint8Array): SignedData | undefined {
  try {
    const info = AsnConvert.parse(der, ContentInfo)
    return info.contentType === oid.signedData ? AsnConvert.parse(info.content, SignedData) : undefined
  } catch {
    return undefined
  }
}

/** Why a signature is none that is read here. */
function unreadable(data: SignedData, signer: SignerInfo): 'way-not-known' | 'weak-digest' | undefined {
  // A signature over a content of its own says nothing about the bytes around it.
  if (data.encapContentInfo.eContentType !== oid.data || data.encapContentInfo.eContent)
    return 'way-not-known'
  if (!(signer.digestAlgorithm.algorithm in digests)) return 'weak-digest'
  const way = signer.signatureAlgorithm.algorithm
  if (!plainSignatures.has(way) && way !== oid.pss) return 'way-not-known'
  const types = (signer.signedAttrs ?? []).map(({ attrType }) => attrType)
  return new Set(types).size === types.length ? undefined : 'way-not-known'
}

/**
 * The attributes as they were signed: a SET (they stand in the signature under a tag of their own). Written anew,
 * they must be what stands there, to the byte.
 */
function signedAttributes(signer: SignerInfo, der: Uint8Array): Buffer | undefined {
  const written = (signer.signedAttrs ?? []).map((attribute) => Buffer.from(AsnConvert.serialize(attribute)))
  const content = Buffer.concat(written)
  const there = Buffer.from(der.buffer, der.byteOffset, der.byteLength)
  if (content.length === 0 || !there.includes(content)) return undefined
  return Buffer.concat([Buffer.from([0x31]), lengthInDer(content.length), content])
}

function lengthInDer(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.from([0x80 + bytes.length, ...bytes])
}

function verified(
  signer: SignerInfo,
  attributes: Buffer,
  certificate: X509Certificate,
  signed: readonly Uint8Array[]
): Integrity {
  const algorithm = digests[signer.digestAlgorithm.algorithm]!
  if (!verifies(algorithm, attributes, signer, certificate.publicKey))
    return { state: 'broken', why: 'signature-wrong' }
  const named = attributeOf(signer, oid.signingCertificate)
  if (
    named &&
    !named.includes(digestOf('sha256', [certificate.raw])) &&
    !namesOtherDigest(named, certificate)
  )
    return { state: 'broken', why: 'other-certificate' }
  if (typeOf(attributeOf(signer, oid.contentType)) === undefined)
    return { state: 'not-checked', why: 'way-not-known' }
  const digest = octetsOf(attributeOf(signer, oid.messageDigest))
  if (!digest?.equals(digestOf(algorithm, signed))) return { state: 'broken', why: 'content-changed' }
  return { state: 'intact' }
}

/** The certificate may be named by a longer digest than the usual SHA-256. */
function namesOtherDigest(named: Buffer, certificate: X509Certificate): boolean {
  return ['sha384', 'sha512'].some((algorithm) => named.includes(digestOf(algorithm, [certificate.raw])))
}

function verifies(algorithm: string, bytes: Buffer, signer: SignerInfo, key: KeyObject): boolean {
  const pss = signer.signatureAlgorithm.algorithm === oid.pss
  const how = pss
    ? {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_AUTO
      }
    : key
  try {
    return verify(algorithm, bytes, how, Buffer.from(signer.signature.buffer))
  } catch {
    return false
  }
}

function digestOf(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The one certificate that the signer is named by: by issuer and number. */
function certificateOf(data: SignedData, signer: SignerInfo, der: Uint8Array): X509Certificate | undefined {
  const named = signer.sid.issuerAndSerialNumber
  if (!named) return undefined
  const issuer = Buffer.from(AsnConvert.serialize(named.issuer))
  const number = Buffer.from(named.serialNumber).toString('hex').replace(/^0+/, '')
  const whole = Buffer.from(der.buffer, der.byteOffset, der.byteLength)
  for (const { certificate } of data.certificates ?? []) {
    const bytes = certificate && Buffer.from(AsnConvert.serialize(certificate))
    // Written anew it must be what stands there, to the byte: the key that verifies is the key that is shown.
    if (!bytes || !whole.includes(bytes) || !bytes.includes(issuer)) continue
    const read = certificateFrom(bytes)
    if (read?.serialNumber.toLowerCase().replace(/^0+/, '') === number) return read
  }
  return undefined
}

/** The one value of a signed attribute, in DER. */
function attributeOf(signer: SignerInfo, type: string): Buffer | undefined {
  const found = signer.signedAttrs?.find(({ attrType }) => attrType === type)
  const value = found?.attrValues.length === 1 ? found.attrValues[0] : undefined
  return value && Buffer.from(value)
}

function octetsOf(der: Buffer | undefined): Buffer | undefined {
  if (der?.[0] !== 0x04) return undefined
  return Buffer.from(AsnConvert.parse(der, OctetString).buffer)
}

/** That the content type says “data”: 06 09 and its number. */
function typeOf(der: Buffer | undefined): 'data' | undefined {
  return der?.toString('hex') === '06092a864886f70d010701' ? 'data' : undefined
}

/** UTCTime (two digits of the year, from 1950 on) or GeneralizedTime. */
function timeOf(der: Buffer | undefined): string | undefined {
  if (!der) return undefined
  const written = der.subarray(2).toString('latin1')
  const utc = der[0] === 0x17
  const parts = (
    utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
  ).exec(written)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const century = utc ? (Number(year) >= 50 ? '19' : '20') : ''
  return `${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}
