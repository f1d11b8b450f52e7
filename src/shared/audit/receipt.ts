import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { JsonObject } from './canonical-json.ts'
import { instantOf } from './digests.ts'
import type { RecordedEntry } from './entry.ts'
import { type Signer, signNote } from './signed-note.ts'

/** What somebody takes away as proof that their act is on record. docs/audit.md says how it is checked. */
export type Receipt = {
  receipt: 1
  log: string
  entry: Omit<RecordedEntry, 'payload' | 'salt'>
  /** Not there once it was erased; the receipt holds without it. */
  payload?: JsonObject
  salt?: string
  /** The log's signature for the entry's digest. */
  note: string
}

/** A receipt, signed at once. The proof that the entry is in the tree follows within a second: proofFor. */
export function receiptFor(app: { audit: Signer }, recorded: RecordedEntry): Receipt {
  const { payload, salt, ...entry } = recorded
  return { ...receiptOf(app.audit, entry), payload, salt }
}

function receiptOf(signer: Signer, entry: Receipt['entry']): Receipt {
  return { receipt: 1, log: signer.name, entry, note: signNote(signer, receiptLines(entry.digest)) }
}

type Row = {
  id: string
  act: string
  moment: string
  by: RecordedEntry['by']
  kind: string
  subject: string
  number: number
  previous: Buffer | null
  payload_digest: Buffer
  digest: Buffer
  payload: JsonObject | null
  salt: Buffer | null
}

/**
 * A receipt for an entry of any time. Whether the person may have it is for the module to decide that its subject
 * belongs to.
 * @returns undefined where there is no such entry
 */
export async function receiptOfEntry(
  app: { database: Database; audit: Signer },
  id: string
): Promise<Receipt | undefined> {
  const { rows } = await sql<Row>`
    select id, act, (extract(epoch from at) * 1000000 - 946684800000000)::bigint as moment, actor as by,
      subject_kind as kind, subject_id as subject, number, previous, payload_digest, digest, payload, salt
    from audit.entry where id = ${id}`.execute(app.database)
  const [row] = rows
  if (!row) return undefined
  const { act, by, number, kind, subject, payload, salt } = row
  const receipt = receiptOf(app.audit, {
    id,
    act,
    at: instantOf(BigInt(row.moment)),
    by,
    subject: { kind, id: subject },
    number,
    previous: row.previous && row.previous.toString('hex'),
    payloadDigest: row.payload_digest.toString('hex'),
    digest: row.digest.toString('hex')
  })
  return payload && salt ? { ...receipt, payload, salt: salt.toString('hex') } : receipt
}

/** A receipt's second line cannot be taken for a head's, which is a number. */
export const receiptLines = (digest: string) => ['receipt', Buffer.from(digest, 'hex').toString('base64')]
