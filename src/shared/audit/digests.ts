import { createHash, hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEntry, RecordedEntry } from './entry.ts'

// How an entry's digest comes about; docs/audit.md says it for others. audit.record() computes the last of the three.

/** SHA-256 of the salt and the payload's canonical JSON. */
export function payloadDigest(salt: Uint8Array, payload: string): Buffer {
  return createHash('sha256').update(salt).update(payload).digest()
}

/** SHA-256 of what is known before an entry is written. `actor` is canonical JSON, `payload` hexadecimal. */
export function coreDigest(
  act: string,
  actor: string,
  payload: string,
  subject: AuditEntry['subject']
): Buffer {
  const { id, kind } = subject
  const subjectText = canonicalJson({ id, kind })
  // Written out, because it is canonical already: the keys stand in order.
  return hash(
    'sha256',
    `{"act":${JSON.stringify(act)},"by":${actor},"payload":"${payload}","subject":${subjectText}}`,
    'buffer'
  )
}

/** The entry's own: of its core, its place among its subject's entries, its moment, and the entry before. */
export function entryDigest(
  core: Uint8Array,
  number: number,
  moment: bigint,
  previous: Uint8Array | null
): Buffer {
  const place = Buffer.alloc(12)
  place.writeInt32BE(number, 0)
  place.writeBigInt64BE(moment, 4)
  const digest = createHash('sha256').update(core).update(place)
  return (previous ? digest.update(previous) : digest).digest()
}

/** The digest that an entry as it was recorded ought to have, in hexadecimal. */
export function digestOf(entry: Omit<RecordedEntry, 'digest' | 'payload' | 'salt'>): string {
  const core = coreDigest(entry.act, canonicalJson(entry.by), entry.payloadDigest, entry.subject)
  const previous = entry.previous === null ? null : Buffer.from(entry.previous, 'hex')
  return entryDigest(core, entry.number, momentOf(entry.at), previous).toString('hex')
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
