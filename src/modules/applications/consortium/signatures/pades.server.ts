import { describeCertificate, readInstant, validAt } from './certificate.server.ts'
import { readCms } from './cms.server.ts'
import type { FoundSignature, SignaturesRead } from './signature.ts'

const mostSignatures = 20

/** Where a signature of a PDF stands: what it signs lies before and after its own hole. */
type Place = { before: number; after: number; end: number; hole: Buffer; dictionary: string }

/**
 * The signatures of a PDF (PAdES, ISO 32000). A signature is taken as one of the whole document only where it signs
 * every byte of the file but the hole that it stands in itself; what was appended later makes it a signature of a
 * part.
 */
export function readPades(pdf: Buffer): SignaturesRead {
  const places = placesIn(pdf)
  if (places === 'too-much') return { problem: 'too-much' }
  if (places.length === 0) return { problem: 'no-signature' }
  return { form: 'pades', signatures: places.map((place) => signatureAt(pdf, place)) }
}

function placesIn(pdf: Buffer): (Place | undefined)[] | 'too-much' {
  // One character a byte: positions in the text are positions in the file.
  const text = pdf.toString('latin1')
  const found = [
    ...text.matchAll(
      /\/ByteRange\s{0,9}\[\s{0,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{0,9}\]/g
    )
  ]
  if (found.length > mostSignatures) return 'too-much'
  return found.map((match) => {
    const [start, before, after, rest] = match.slice(1).map(Number) as [number, number, number, number]
    const end = after + rest
    if (start !== 0 || before >= after || end > pdf.length) return undefined
    const hole = pdf.subarray(before, after)
    // Nothing but the signature itself may stand in the hole, and it must be the one of this dictionary.
    if (!/^<[0-9a-fA-F\s]*>$/.test(hole.toString('latin1'))) return undefined
    if (!/\/Contents\s{0,9}$/.test(text.slice(Math.max(0, before - 20), before))) return undefined
    const dictionary = text.slice(text.lastIndexOf('obj', match.index), text.indexOf('endobj', match.index))
    return { before, after, end, hole, dictionary }
  })
}

const strange: FoundSignature = {
  integrity: { state: 'not-checked', why: 'way-not-known' },
  certificate: undefined,
  saysSignedAt: undefined,
  validThen: undefined,
  timeStamp: false
}

function signatureAt(pdf: Buffer, place: Place | undefined): FoundSignature {
  if (!place) return strange
  if (place.dictionary.includes('ETSI.RFC3161'))
    return { ...strange, timeStamp: true, integrity: { state: 'not-checked', why: 'time-stamp' } }
  const der = withoutPadding(Buffer.from(place.hole.toString('latin1').replace(/[<>\s]/g, ''), 'hex'))
  const signed = [pdf.subarray(0, place.before), pdf.subarray(place.after, place.end)]
  const read = der && readCms(der, signed)
  if (!read) return strange
  const certificate = read.certificate && describeCertificate(read.certificate)
  const saysSignedAt = read.saysSignedAt ?? momentIn(place.dictionary)
  const appended = read.integrity.state === 'intact' && place.end !== pdf.length
  return {
    integrity: appended ? { state: 'intact-in-part', why: 'added-afterwards' } : read.integrity,
    certificate,
    saysSignedAt,
    validThen: validAt(certificate, saysSignedAt),
    timeStamp: read.timeStamp
  }
}

/** PAdES writes the moment into the dictionary, which is signed: /M (D:20261125142200+02'00'). */
function momentIn(dictionary: string): string | undefined {
  const found = /\/M\s{0,9}\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)'?)/.exec(
    dictionary
  )
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = found
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`
  return readInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
}

/** The hole is filled up with zeros: the signature says itself how long it is. */
function withoutPadding(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 2 || bytes[0] !== 0x30) return undefined
  const first = bytes[1]!
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (lengthBytes > 4 || bytes.length < 2 + lengthBytes) return undefined
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes)
  const end = 2 + lengthBytes + length
  if (end > bytes.length || bytes.subarray(end).some((byte) => byte !== 0)) return undefined
  return bytes.subarray(0, end)
}
