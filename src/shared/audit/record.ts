import { randomBytes } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { type Database, type Saying, atCommit } from '#shared/database/index.ts'
import { canonicalJson } from './canonical-json.ts'
import { coreDigest, entryDigest, instantOf, payloadDigest } from './digests.ts'
import type { AuditEntry, RecordedEntry } from './entry.ts'
import './audit-tables.ts'

/** An entry on its way: it is written with the commit. */
export type Recording = {
  /** The entry as it was written. Throws before the transaction is committed: what may still fail is no record. */
  entry: () => RecordedEntry
}

/**
 * Writes an act down, in the transaction of the act: both are kept or neither is. It is sent together with the
 * commit, all entries of a transaction in one statement.
 */
export async function record(transaction: Database, entry: AuditEntry): Promise<Recording> {
  refuseMisshapen(entry)
  const prepared = prepare(entry)
  await atCommit(transaction, saying, prepared)
  return {
    entry: () => {
      if (!prepared.written) throw new Error('The act is not committed yet.')
      return recorded(prepared, prepared.written)
    }
  }
}

/** What is sent: everything is text or bytes, so that nothing can go wrong on the way. */
type Prepared = {
  entry: AuditEntry
  actor: string
  payload: string
  salt: Buffer
  payloadDigest: Buffer
  core: Buffer
  about: string | null
  written?: Buffer
}

const shapes = {
  act: /^[a-z0-9-]+\.[a-z0-9-]+$/,
  kind: /^[a-z0-9-]+$/,
  id: /^[A-Za-z0-9._:-]{1,100}$/,
  person: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
}

function refuseMisshapen({ act, subject, about = [] }: AuditEntry): void {
  const misshapen =
    !shapes.act.test(act) ||
    !shapes.kind.test(subject.kind) ||
    !shapes.id.test(subject.id) ||
    !about.every((person) => shapes.person.test(person))
  if (misshapen) throw new TypeError(`No entry can be made of ${JSON.stringify({ act, subject, about })}.`)
}

function prepare(entry: AuditEntry): Prepared {
  const { act, by, subject, about = [] } = entry
  const salt = randomBytes(16)
  const actor = canonicalJson(by)
  const payload = canonicalJson(entry.payload)
  const digest = payloadDigest(salt, payload)
  const core = coreDigest(act, actor, digest.toString('hex'), subject)
  const persons = about.length === 0 ? null : `{${about.join(',')}}`
  return { entry, actor, payload, salt, payloadDigest: digest, core, about: persons }
}

// Large imports make an entry for each row: a statement holds so many.
const mostInOne = 1000

const saying: Saying<Prepared> = {
  name: 'audit.record',
  statements: (all) => (all.length === 1 ? [one(all[0]!)] : inParts(bySubject(all)).map(many)),
  committed: (all, rows) => {
    const written = rows.flat() as { written: Buffer }[]
    for (const [at, prepared] of bySubject(all).entries()) prepared.written = written[at]!.written
  }
}

/** Two who write about the same subjects take them in the same order, so that neither waits for the other. */
function bySubject(all: readonly Prepared[]): Prepared[] {
  const place = ({ entry: { subject } }: Prepared) => `${subject.kind} ${subject.id}`
  return all.toSorted((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))))
}

function inParts(all: readonly Prepared[]): Prepared[][] {
  const parts = Math.ceil(all.length / mostInOne)
  return Array.from({ length: parts }, (_, part) => all.slice(part * mostInOne, (part + 1) * mostInOne))
}

function one(prepared: Prepared): CompiledQuery {
  // Named, so that each connection prepares it once. Kysely hands `sql` to pg as it is, which takes this form.
  const named = {
    name: 'audit.record',
    text: 'select audit.record($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[]) as written'
  }
  return CompiledQuery.raw(named as unknown as string, parametersOf(prepared))
}

function many(all: readonly Prepared[]): CompiledQuery {
  const columns = all.map(parametersOf)
  const types = ['text', 'text', 'text', 'text', 'text', 'bytea', 'bytea', 'bytea', 'text']
  const lists = types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')
  return CompiledQuery.raw(
    `select audit.record(a, b, c, d, e, f, g, h, i::uuid[]) as written
       from unnest(${lists}) with ordinality as r(a, b, c, d, e, f, g, h, i, place) order by place`,
    types.map((_, at) => columns.map((column) => column[at]))
  )
}

function parametersOf({ entry, actor, payload, salt, payloadDigest, core, about }: Prepared) {
  return [entry.act, actor, entry.subject.kind, entry.subject.id, payload, salt, payloadDigest, core, about]
}

/** Of what audit.record() returned: id, number, moment, and the digest of the entry before where there is one. */
function recorded(prepared: Prepared, written: Buffer): RecordedEntry {
  const { act, by, subject, payload } = prepared.entry
  const place = written.subarray(8, 20)
  const previous = written.length > 20 ? written.subarray(20) : null
  return {
    id: String(written.readBigInt64BE(0)),
    act,
    at: instantOf(place.readBigInt64BE(4)),
    by,
    subject,
    number: place.readInt32BE(0),
    previous: previous && previous.toString('hex'),
    payloadDigest: prepared.payloadDigest.toString('hex'),
    digest: entryDigest(prepared.core, written.subarray(8)).toString('hex'),
    payload,
    salt: prepared.salt.toString('hex')
  }
}
