/** What was done, by whom, to what: append-only, in the transaction of the act. */
export { type JsonObject, type JsonValue, canonicalJson } from './canonical-json.ts'
export type { Actor, AuditEntry, AuditSubject, RecordedEntry } from './entry.ts'
export { type Recording, record } from './record.ts'
