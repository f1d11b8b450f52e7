import { createHash } from 'node:crypto'
import { readZipParts, unpack } from '#shared/spreadsheets/zip-parts.ts'
import type { SignaturesRead } from './signature.ts'
import { readXades } from './xades.server.ts'

const mostParts = 60
const mostUnpacked = 40_000_000 // not of a guide: bytes
const mostSignatureFiles = 10

/** What the first part of an ASiC-E container says it is. */
export const asicType = 'application/vnd.etsi.asic-e+zip'

/**
 * The signatures of an ASiC-E container (ETSI EN 319 162-1; an .edoc of Latvia is one), where they are XAdES. Those
 * in CMS are said to be there and are not read.
 */
export function readAsic(container: Buffer): SignaturesRead {
  const parts = readZipParts(container)
  if ('problem' in parts) return { problem: 'ambiguous' }
  if (parts.size > mostParts) return { problem: 'too-much' }
  const names = [...parts.keys()].filter((name) => !name.endsWith('/'))
  // Programs differ in what they make of such names: one would show another file than was signed.
  if (names.some(isOdd) || new Set(names.map((name) => name.toLowerCase())).size !== names.length)
    return { problem: 'ambiguous' }
  const content = unpack(parts, names, mostUnpacked)
  if ('problem' in content)
    return { problem: content.problem === 'too-big-unpacked' ? 'too-much' : 'damaged' }
  if (Buffer.from(content.get('mimetype') ?? []).toString('latin1') !== asicType)
    return { problem: 'damaged' }
  const files = new Map([...content].filter(([name]) => name !== 'mimetype' && !isMeta(name)))
  const signed = names.filter((name) => /^META-INF\/[^/]*signatures[^/]*\.xml$/i.test(name))
  if (signed.length > mostSignatureFiles) return { problem: 'too-much' }
  if (signed.length === 0)
    return {
      problem: names.some((name) => /^META-INF\/.*\.p7s$/i.test(name)) ? 'way-not-known' : 'no-signature'
    }
  const read = signed.map((name) => readXades(Buffer.from(content.get(name)!), files))
  const problem = read.find((one) => 'problem' in one)
  if (problem && 'problem' in problem) return problem
  const signatures = read.flatMap((one) => ('signatures' in one ? one.signatures : []))
  if (signatures.length === 0) return { problem: 'no-signature' }
  const digests = [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
  return { form: 'asic-e', signatures, files: Object.fromEntries(digests) as Record<string, string> }
}

function isMeta(name: string): boolean {
  return /^META-INF\//i.test(name)
}

function isOdd(name: string): boolean {
  return /\p{Cc}|\\|^\/|(^|\/)\.\.(\/|$)|\ufffd/u.test(name)
}
