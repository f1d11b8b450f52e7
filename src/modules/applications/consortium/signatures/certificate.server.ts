import { X509Certificate } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Certificate } from './signature.ts'

/** A certificate; undefined where the bytes are none. */
export function certificateFrom(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

/** What a certificate says of itself. */
export function describeCertificate(certificate: X509Certificate): Certificate {
  const subject = partsOf(certificate.subject)
  const issuer = partsOf(certificate.issuer)
  const given = [subject.get('GN'), subject.get('SN')].filter(Boolean).join(' ')
  return {
    name: subject.get('CN') ?? (given || oneLine(certificate.subject)),
    organisation: subject.get('O'),
    country: subject.get('C'),
    issuer: issuer.get('CN') ?? oneLine(certificate.issuer),
    validFrom: instantOf(certificate.validFromDate),
    validUntil: instantOf(certificate.validToDate),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase()
  }
}

/** Whether a certificate was valid at a moment that the signer's computer wrote. */
export function validAt(
  certificate: Certificate | undefined,
  moment: string | undefined
): boolean | undefined {
  if (!certificate || moment === undefined) return undefined
  const at = Temporal.Instant.from(moment)
  return (
    Temporal.Instant.compare(at, Temporal.Instant.from(certificate.validFrom)) >= 0 &&
    Temporal.Instant.compare(at, Temporal.Instant.from(certificate.validUntil)) <= 0
  )
}

/** An instant of ISO 8601 as documents write it, put into UTC; undefined where it is none. */
export function readInstant(written: string): string | undefined {
  try {
    return Temporal.Instant.from(written.trim()).toString()
  } catch {
    return undefined
  }
}

/** The lines of a name as Node writes it: `CN=Anna Kalniņa`. The first of a kind counts. */
function partsOf(name: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const line of name.split('\n')) {
    const at = line.indexOf('=')
    const key = line.slice(0, at)
    if (at > 0 && !parts.has(key)) parts.set(key, shown(line.slice(at + 1)))
  }
  return parts
}

const longestShown = 200 // not of a guide: characters

/** As it may be shown: a certificate can hold anything. */
function shown(value: string): string {
  return [...value.replace(/[\p{Cc}\p{Cf}]/gu, '')].slice(0, longestShown).join('')
}

function oneLine(name: string): string {
  return shown(name.replaceAll('\n', ', '))
}

function instantOf(date: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime()).toString()
}
