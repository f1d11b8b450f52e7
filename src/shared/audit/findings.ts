import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { AuditSubject } from './entry.ts'
import './audit-tables.ts'

/** What is not as it was recorded and signed. Positions are counted from 0. */
export type Finding =
  /** What the entry says is not what its digest was made of. */
  | { found: 'changed'; entry: string; position: number | null; act: string; subject: AuditSubject }
  | { found: 'payload-changed'; entry: string; act: string; subject: AuditSubject }
  /** Its payload is gone, and no erasure is on record. */
  | { found: 'payload-missing'; entry: string; act: string; subject: AuditSubject }
  /** It has its place in the log, and is gone. */
  | { found: 'removed'; entry: string; position: number }
  /** A place is gone, and the entry with it. */
  | { found: 'place-missing'; position: number }
  /** The one before it, of the same subject, was removed, changed or put elsewhere. */
  | { found: 'chain-broken'; entry: string; number: number; subject: AuditSubject }
  /** Entries sealed together stand in the order of their numbers; this one does not. */
  | { found: 'out-of-order'; entry: string; position: number }
  /** It was not there when the log was signed that far. */
  | { found: 'inserted'; entry: string; act: string; subject: AuditSubject }
  /** It says that it is of a moment (`at`) long before it can have been recorded. */
  | { found: 'back-dated'; entry: string; act: string; subject: AuditSubject; at: string; notBefore: string }
  /** It says that it is of a moment at which it was sealed already. */
  | { found: 'dated-ahead'; entry: string; act: string; subject: AuditSubject; at: string; sealedAt: string }
  /** The log up to here is not the one that was signed; the difference begins among these entries. */
  | { found: 'differs-from-head'; size: number; sealedAt: string; from: number; entries: string[] }
  /** A head was signed for more than there is: something after `from` is gone. */
  | { found: 'shorter-than-head'; size: number; sealedAt: string; from: number; entries: number }
  /** The end of the log has no head: it was taken away. */
  | { found: 'not-signed'; from: number; entries: number }
  /** What the head says is not what was signed. */
  | { found: 'head-changed'; size: number }
  /** This key (in hexadecimal) signed heads, and is none of those that may: from the head of `size` entries on. */
  | { found: 'signed-by-unknown-key'; key: string; size: number }
  /** A head that was kept elsewhere is not one of this log, signed by a key that is trusted. */
  | { found: 'head-of-another-log'; note: string }

// More of the same would not tell more.
const most = 1000

/** Each entry follows the one before of its subject: its number is one more, and it holds its digest. */
export async function brokenChains(snapshot: Database): Promise<Finding[]> {
  const { rows } = await sql<{ id: string; kind: string; subject: string; number: number }>`
    select id, subject_kind as kind, subject_id as subject, number from (
      select id, subject_kind, subject_id, number, previous, lag(digest) over chain as digest_before,
        lag(number) over chain as number_before
      from audit.entry
      window chain as (partition by subject_kind, subject_id order by number)
    ) as entries
    where number <> coalesce(number_before, 0) + 1 or previous is distinct from digest_before
    order by id limit ${most}`.execute(snapshot)
  return rows.map(({ id, kind, subject, number }) => ({
    found: 'chain-broken',
    entry: id,
    number,
    subject: { kind, id: subject }
  }))
}

/** The last head says that every entry settled by then is in the tree. */
export async function inserted(snapshot: Database): Promise<Finding[]> {
  const { rows } = await sql<{ id: string; act: string; kind: string; subject: string }>`
    select e.id, e.act, e.subject_kind as kind, e.subject_id as subject from audit.entry e
    where e.settled_by < (select horizon from audit.head order by size desc limit 1)
      -- After a restore into another cluster the numbers cannot be compared until the next head.
      and (select horizon from audit.head order by size desc limit 1) <= pg_snapshot_xmax(pg_current_snapshot())
      and not exists (select from audit.leaf l where l.entry = e.id)
    order by e.id limit ${most}`.execute(snapshot)
  return rows.map(({ id, act, kind, subject }) => ({
    found: 'inserted',
    entry: id,
    act,
    subject: { kind, id: subject }
  }))
}
