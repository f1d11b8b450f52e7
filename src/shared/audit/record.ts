import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEntry, RecordedEntry } from './entry.ts'
import './audit-tables.ts'

/** Of what audit.record() returns. */
type Written = {
  id: string
  at: string
  number: number
  previous: Buffer | null
  payload_digest: Buffer
  digest: Buffer
}

/**
 * Writes an act down, in the transaction of the act: both are kept or neither is. One statement.
 * Others who record about the same subject wait for this transaction; nobody else does.
 */
export async function record(transaction: Database, entry: AuditEntry): Promise<RecordedEntry> {
  const { act, by, subject, payload, about } = entry
  const salt = randomBytes(16)
  const { rows } = await sql<Written>`
    select * from audit.record(${act}, ${canonicalJson(by)}, ${subject.kind}, ${subject.id},
      ${canonicalJson(payload)}, ${salt}, ${about && about.length > 0 ? about : null}::uuid[])`.execute(
    transaction
  )
  const { id, at, number, previous, payload_digest, digest } = rows[0]!
  return {
    id,
    act,
    at,
    by,
    subject,
    number,
    previous: previous && previous.toString('hex'),
    payloadDigest: payload_digest.toString('hex'),
    digest: digest.toString('hex'),
    payload,
    salt: salt.toString('hex')
  }
}
