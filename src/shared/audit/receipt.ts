import type { JsonObject } from './canonical-json.ts'
import type { RecordedEntry } from './entry.ts'
import { type Signer, signNote } from './signed-note.ts'

/** What somebody takes away as proof that their act is on record. docs/audit.md says how it is checked. */
export type Receipt = {
  receipt: 1
  log: string
  entry: Omit<RecordedEntry, 'payload' | 'salt'>
  payload: JsonObject
  salt: string
  /** The log's signature for the entry's digest. */
  note: string
}

/** A receipt, signed at once. The proof that the entry is in the tree follows within a second: proofFor. */
export function receiptFor(app: { audit: Signer }, recorded: RecordedEntry): Receipt {
  const { payload, salt, ...entry } = recorded
  return {
    receipt: 1,
    log: app.audit.name,
    entry,
    payload,
    salt,
    note: signNote(app.audit, receiptLines(entry.digest))
  }
}

/** A receipt's second line cannot be taken for a head's, which is a number. */
export const receiptLines = (digest: string) => ['receipt', Buffer.from(digest, 'hex').toString('base64')]
