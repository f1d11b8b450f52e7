import { type KeyObject, type X509Certificate, constants, createHash, verify } from 'node:crypto'
import { certificateFrom, describeCertificate, readInstant, validAt } from './certificate.server.ts'
import type { FoundSignature, Integrity } from './signature.ts'
import {
  type Element,
  canonical,
  childrenOf,
  elementsIn,
  isCanonical,
  readXml,
  textOf
} from './xml.server.ts'

const mostSignatures = 20
const mostBytes = 2_000_000 // not of a guide: bytes of one file of signatures
const weak = /#(?:rsa-)?(?:sha1|md5)$|#dsa-sha1$|#ecdsa-sha1$/

const digests: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512'
}

type Way = { digest: string; kind: 'rsa' | 'pss' | 'ecdsa' }
const ways: Readonly<Record<string, Way>> = Object.fromEntries(
  ['sha256', 'sha384', 'sha512'].flatMap((digest): [string, Way][] => [
    [`http://www.w3.org/2001/04/xmldsig-more#rsa-${digest}`, { digest, kind: 'rsa' }],
    [`http://www.w3.org/2001/04/xmldsig-more#ecdsa-${digest}`, { digest, kind: 'ecdsa' }],
    [`http://www.w3.org/2007/05/xmldsig-more#${digest}-rsa-MGF1`, { digest, kind: 'pss' }]
  ])
)

type Files = ReadonlyMap<string, Uint8Array>
type XadesRead = { signatures: FoundSignature[] } | { problem: 'ambiguous' | 'damaged' | 'too-much' }

/**
 * The XAdES signatures of one file of a container. Only the plain way is read: a SignedInfo, its references by name
 * to files of the container, untouched, and one to its own SignedProperties. What refers to anything else or
 * transforms anything is said to be unread, so that nothing can be signed and something else be shown.
 */
export function readXades(xml: Buffer, files: Files): XadesRead {
  if (xml.length > mostBytes) return { problem: 'too-much' }
  const root = readXml(xml.toString('utf8'))
  if ('problem' in root) return root
  const signatures = root.name === 'Signature' ? [root] : childrenOf(root, 'ds', 'Signature')
  if (signatures.length > mostSignatures) return { problem: 'too-much' }
  return { signatures: signatures.map((signature) => signatureOf(signature, root, files)) }
}

function signatureOf(signature: Element, root: Element, files: Files): FoundSignature {
  const properties = propertiesOf(signature)
  const certificate = keyOf(signature)
  const described = certificate && describeCertificate(certificate)
  const time = properties && elementsIn(properties, 'xades', 'SigningTime')[0]
  const saysSignedAt = time && readInstant(textOf(time))
  return {
    integrity: integrityOf({ signature, root, properties, certificate, files }),
    certificate: described,
    saysSignedAt,
    validThen: validAt(described, saysSignedAt),
    timeStamp: elementsIn(signature, 'xades', 'SignatureTimeStamp').length > 0
  }
}

/** The SignedProperties of this signature: in its own Object, of its own Id. */
function propertiesOf(signature: Element): Element | undefined {
  const id = signature.attribute('Id')
  const found = childrenOf(signature, 'ds', 'Object')
    .flatMap((object) => childrenOf(object, 'xades', 'QualifyingProperties'))
    .filter((qualifying) => id !== undefined && qualifying.attribute('Target') === `#${id}`)
    .flatMap((qualifying) => childrenOf(qualifying, 'xades', 'SignedProperties'))
  return found.length === 1 ? found[0] : undefined
}

function keyOf(signature: Element): X509Certificate | undefined {
  const written = childrenOf(signature, 'ds', 'KeyInfo')
    .flatMap((info) => childrenOf(info, 'ds', 'X509Data'))
    .flatMap((data) => childrenOf(data, 'ds', 'X509Certificate'))[0]
  return written && certificateFrom(Buffer.from(textOf(written), 'base64'))
}

type Asked = {
  signature: Element
  root: Element
  properties: Element | undefined
  certificate: X509Certificate | undefined
  files: Files
}

const unread: Integrity = { state: 'not-checked', why: 'way-not-known' }

function integrityOf({ signature, root, properties, certificate, files }: Asked): Integrity {
  const info = only(childrenOf(signature, 'ds', 'SignedInfo'))
  const value = only(childrenOf(signature, 'ds', 'SignatureValue'))
  const form = info && algorithmOf(info, 'CanonicalizationMethod')
  const method = info && algorithmOf(info, 'SignatureMethod')
  if (!info || !value || !properties || form === undefined || method === undefined || !isCanonical(form))
    return unread
  if (!certificate) return { state: 'not-checked', why: 'no-certificate' }
  if (weak.test(method)) return { state: 'not-checked', why: 'weak-digest' }
  const way = ways[method]
  if (!way) return unread
  const bytes = canonical(info, form)
  const signed = bytes && verifies(way, bytes, certificate.publicKey, Buffer.from(textOf(value), 'base64'))
  if (signed === undefined) return unread
  if (!signed) return { state: 'broken', why: 'signature-wrong' }
  return named(properties, certificate) ?? referencesHold(info, { root, properties, files })
}

/** That the certificate is the one that was signed along with the content. */
function named(properties: Element, certificate: X509Certificate): Integrity | undefined {
  const cert = [
    ...elementsIn(properties, 'xades', 'SigningCertificateV2'),
    ...elementsIn(properties, 'xades', 'SigningCertificate')
  ].flatMap((list) => elementsIn(list, 'xades', 'CertDigest'))[0]
  const written = cert && childrenOf(cert, 'ds', 'DigestValue')[0]
  const algorithm = cert && algorithmOf(cert, 'DigestMethod')
  if (!written || algorithm === undefined) return unread
  if (!(algorithm in digests)) return { state: 'not-checked', why: 'weak-digest' }
  const digest = createHash(digests[algorithm]!).update(certificate.raw).digest()
  return digest.equals(Buffer.from(textOf(written), 'base64'))
    ? undefined
    : { state: 'broken', why: 'other-certificate' }
}

/** Every reference by itself; then whether there is one for each file, and one for the properties. */
function referencesHold(
  info: Element,
  { root, properties, files }: { root: Element; properties: Element; files: Files }
): Integrity {
  const signedFiles = new Set<string>()
  let propertiesSigned = false
  for (const reference of childrenOf(info, 'ds', 'Reference')) {
    const uri = reference.attribute('URI') ?? ''
    const algorithm = algorithmOf(reference, 'DigestMethod')
    const value = only(childrenOf(reference, 'ds', 'DigestValue'))
    if (algorithm === undefined || !value) return unread
    if (weak.test(algorithm)) return { state: 'not-checked', why: 'weak-digest' }
    if (!(algorithm in digests)) return unread
    const content = uri.startsWith('#')
      ? propertiesFor(reference, uri, { root, properties })
      : fileFor(reference, uri, files)
    if (content === 'way-not-known') return unread
    if (content === 'missing') return { state: 'broken', why: 'content-changed' }
    const digest = createHash(digests[algorithm]!).update(content.bytes).digest()
    if (!digest.equals(Buffer.from(textOf(value), 'base64')))
      return { state: 'broken', why: 'content-changed' }
    if (content.file === undefined) propertiesSigned = true
    else signedFiles.add(content.file)
  }
  if (!propertiesSigned || signedFiles.size === 0) return unread
  return signedFiles.size === files.size
    ? { state: 'intact' }
    : { state: 'intact-in-part', why: 'files-not-signed' }
}

type Referred = { bytes: Uint8Array; file?: string } | 'way-not-known' | 'missing'

function propertiesFor(
  reference: Element,
  uri: string,
  { root, properties }: { root: Element; properties: Element }
): Referred {
  const id = uri.slice(1)
  // The reader of the file has refused two elements of one id already.
  if (id === '' || properties.attribute('Id') !== id || !root.holds(properties)) return 'way-not-known'
  const transforms = transformsOf(reference)
  if (transforms.length > 1) return 'way-not-known'
  const form = transforms[0] ?? 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
  const bytes = isCanonical(form) ? canonical(properties, form) : undefined
  return bytes ? { bytes } : 'way-not-known'
}

function fileFor(reference: Element, uri: string, files: Files): Referred {
  if (transformsOf(reference).length > 0) return 'way-not-known'
  let name: string
  try {
    name = decodeURIComponent(uri)
  } catch {
    return 'way-not-known'
  }
  const bytes = files.get(name) ?? files.get(uri)
  return bytes ? { bytes, file: files.has(name) ? name : uri } : 'missing'
}

function transformsOf(reference: Element): string[] {
  return childrenOf(reference, 'ds', 'Transforms')
    .flatMap((list) => childrenOf(list, 'ds', 'Transform'))
    .map((transform) => transform.attribute('Algorithm') ?? '')
}

function algorithmOf(element: Element, name: string): string | undefined {
  return only(childrenOf(element, 'ds', name))?.attribute('Algorithm')
}

function only<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined
}

function verifies(
  { digest, kind }: Way,
  bytes: Buffer,
  key: KeyObject,
  signature: Buffer
): boolean | undefined {
  try {
    if (kind === 'ecdsa') return verify(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
    if (kind === 'rsa') return verify(digest, bytes, key, signature)
    return verify(
      digest,
      bytes,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
      signature
    )
  } catch {
    return undefined
  }
}
