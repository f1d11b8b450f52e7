import { hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEntry, RecordedEntry } from './entry.ts'

// How an entry's digest comes about; docs/audit.md says it for others. audit.record() computes the last of the three.

/** SHA-256 of the salt and the payload's canonical JSON. */
export function payloadDigest(salt: Uint8Array, payload: string): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(payload)]), 'buffer')
}

/** SHA-256 of what is known before an entry is written. `actor` is canonical JSON, `payload` hexadecimal. */
export function coreDigest(
  act: string,
  actor: string,
  payload: string,
  subject: AuditEntry['subject']
): Buffer {
  const text = JSON.stringify
  // Canonical JSON written out: the keys stand in order. A million of them are made in a verification.
  const core = `{"act":${text(act)},"by":${actor},"payload":"${payload}","subject":{"id":${text(subject.id)},"kind":${text(subject.kind)}}}`
  return hash('sha256', core, 'buffer')
}

/**
 * The entry's own: of its core and what follows.
 * @param rest its place, see placeBytes, and the digest of its subject's entry before where there is one
 */
export function entryDigest(core: Uint8Array, ...rest: Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat([core, ...rest]), 'buffer')
}

/** Twelve bytes: the number among its subject's entries, and the moment in microseconds since the year 2000. */
export function placeBytes(number: number, moment: bigint): Buffer {
  const place = Buffer.alloc(12)
  place.writeInt32BE(number, 0)
  place.writeBigInt64BE(moment, 4)
  return place
}

/** The digest that an entry as it was recorded ought to have, in hexadecimal. */
export function digestOf(entry: Omit<RecordedEntry, 'digest' | 'payload' | 'salt'>): string {
  const core = coreDigest(entry.act, canonicalJson(entry.by), entry.payloadDigest, entry.subject)
  const previous = Buffer.from(entry.previous ?? '', 'hex')
  const place = placeBytes(entry.number, momentOf(entry.at))
  return entryDigest(core, place, previous).toString('hex')
}

// PostgreSQL counts microseconds from the year 2000.
const epoch = 946_684_800n

/** An instant as PostgreSQL keeps it: microseconds since the year 2000. */
export function momentOf(at: string): bigint {
  const [, seconds, fraction = ''] = /^(.{19})(?:\.(\d{1,6}))?Z$/.exec(at) ?? []
  if (!seconds) throw new TypeError(`No instant with microseconds: ${at}`)
  return (BigInt(Date.parse(`${seconds}Z`)) / 1000n - epoch) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}

/** The other way: 2026-11-22T02:33:26.123456Z. */
export function instantOf(moment: bigint): string {
  const seconds = new Date(Number((moment / 1_000_000n + epoch) * 1000n)).toISOString().slice(0, 19)
  return `${seconds}.${String(moment % 1_000_000n).padStart(6, '0')}Z`
}
