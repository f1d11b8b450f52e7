import type { JsonObject } from './canonical-json.ts'

/** Who did it: a person (in a role, perhaps by a token), or the product itself. */
export type Actor = { person: string; role?: string; token?: string } | { system: string }

/** What an act was done to, such as { kind: 'organisation', id: … }: letters, digits and . _ : - in the id. */
export type AuditSubject = { kind: string; id: string }

/** Something that was done, to be kept on record. */
export type AuditEntry = {
  /** The module and what was done, in the past: 'organisations.registered'. */
  act: string
  by: Actor
  subject: AuditSubject
  /** What it was, enough to understand the act later. No passwords, no tokens. Can be erased; the digest stays. */
  payload: JsonObject
  /** The persons (their ids) whose data the payload holds: their wish to be erased reaches it by these. */
  about?: readonly string[]
}

/** An entry as it was written down. Digests and the salt are in hexadecimal. */
export type RecordedEntry = {
  id: string
  act: string
  /** By the database's clock: 2026-11-22T02:33:26.123456Z. */
  at: string
  by: Actor
  subject: AuditSubject
  /** Which entry of its subject this is, counted from 1. */
  number: number
  /** The digest of the subject's entry before; null: it is the first. */
  previous: string | null
  /** SHA-256 of the salt and the canonical JSON of the payload. */
  payloadDigest: string
  digest: string
  payload: JsonObject
  salt: string
}
