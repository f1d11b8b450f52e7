import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { coreDigest, entryDigest, payloadDigest } from './digests.ts'
import { type Finding, brokenChains, inserted } from './findings.ts'
import { type HeadStatement, readHead } from './head.ts'
import { type LogRow, allHeads, sealedRows, unsealedRows } from './log-rows.ts'
import { type Edge, append, emptyEdge } from './merkle.ts'
import { HeadComparison } from './verify-heads.ts'
import { MomentCheck } from './verify-moments.ts'
import './audit-tables.ts'

type Options = {
  log: string
  /** Public keys that may sign for the log, known from elsewhere than the database. None: the database is believed. */
  keys: readonly Uint8Array[]
  /** Heads that were kept elsewhere, as notes. */
  kept: readonly string[]
  onProgress?: (done: number, total: number) => void
}

/** What was read, and what is not as it was. */
export type Verified = {
  log: string
  /** Entries with a place in the log. */
  entries: number
  /** Entries without one: of the last moment, or all since nobody seals. */
  unsealed: number
  erased: number
  heads: number
  kept: number
  newest: { size: number; sealedAt: string } | undefined
  findings: Finding[]
}

/**
 * Reads the whole log and compares: each entry with its digests, each with the one before of its subject, the order
 * with what was signed, and all of it with heads that were kept elsewhere. An entry whose payload was erased, on
 * record, is as good as any. Reads one moment of the database and changes nothing.
 */
export async function verifyLog(database: Database, options: Options): Promise<Verified> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => verifySnapshot(snapshot, options))
}

async function verifySnapshot(snapshot: Database, options: Options): Promise<Verified> {
  const { log, onProgress = () => {} } = options
  const { total, heads } = await counted(snapshot)
  const keys = options.keys.length > 0 ? options.keys : await keysOf(snapshot)
  const read = options.kept.map((note) => ({ note, head: readHead(note, log, keys) }))
  const kept = read.flatMap(({ head }): HeadStatement[] => (head ? [head] : []))
  const comparison = new HeadComparison({ log, heads: allHeads(snapshot), headCount: heads, kept })
  const entries = new EntryCheck()
  const moments = new MomentCheck()

  let edge: Edge = emptyEdge
  let due = await comparison.nextSize()
  for await (const rows of sealedRows(snapshot)) {
    for (const row of rows) {
      entries.checkPlace(row)
      entries.check(row)
      moments.see(row)
      edge = append(edge, row.leaf!)
      if (edge.size < due) continue
      const head = await comparison.compare(edge)
      if (head) moments.sealedBy(head)
      due = await comparison.nextSize()
      entries.startBatch()
    }
    onProgress(edge.size, total)
  }
  await comparison.end(snapshot, edge.size)
  let unsealed = 0
  for await (const rows of unsealedRows(snapshot)) {
    for (const row of rows) {
      entries.check(row)
      moments.see(row)
    }
    unsealed += rows.length
  }

  const { last } = comparison
  const missingPayloads = entries.missingPayloads()
  return {
    log,
    entries: edge.size,
    unsealed,
    erased: entries.erased,
    heads,
    kept: kept.length,
    newest: last && { size: last.size, sealedAt: last.sealedAt },
    findings: [
      ...read.flatMap(({ note, head }): Finding[] => (head ? [] : [{ found: 'head-of-another-log', note }])),
      ...unknownSigners(comparison.signedBy, options.keys),
      ...entries.findings,
      ...moments.findings,
      // Where every head fits, the order is the one that was signed.
      ...(comparison.fits ? [] : entries.outOfOrder),
      ...missingPayloads,
      ...(await brokenChains(snapshot)),
      ...(await inserted(snapshot)),
      ...comparison.findings
    ]
  }
}

/** A log that was written anew under another key would fit in all else. Where no keys are known, none is unknown. */
function unknownSigners(signedBy: ReadonlyMap<string, number>, keys: readonly Uint8Array[]): Finding[] {
  if (keys.length === 0) return []
  const known = new Set(keys.map((key) => Buffer.from(key).toString('hex')))
  return [...signedBy].flatMap(([key, size]) =>
    known.has(key) ? [] : [{ found: 'signed-by-unknown-key', key, size }]
  )
}

async function counted(snapshot: Database): Promise<{ total: number; heads: number }> {
  const { rows } = await sql<{ total: string; heads: string }>`
    select (select count(*) from audit.leaf) as total, (select count(*) from audit.head) as heads`.execute(
    snapshot
  )
  return { total: Number(rows[0]!.total), heads: Number(rows[0]!.heads) }
}

async function keysOf(snapshot: Database): Promise<Buffer[]> {
  const rows = await snapshot.selectFrom('audit.key').select('public_key').execute()
  return rows.map(({ public_key }) => public_key)
}

/** Checks entries one by one, in the order of the log. */
class EntryCheck {
  readonly findings: Finding[] = []
  readonly outOfOrder: Finding[] = []
  erased = 0
  #expected = 0
  #before = 0
  #withoutPayload: { entry: string; act: string; subject: { kind: string; id: string } }[] = []
  #erasures = new Set<string>()

  /** After a head: entries sealed together are in the order of their numbers. */
  startBatch(): void {
    this.#before = 0
  }

  checkPlace({ position, entry }: LogRow): void {
    const at = Number(position)
    if (at !== this.#expected) this.findings.push({ found: 'place-missing', position: this.#expected })
    this.#expected = at + 1
    const number = Number(entry)
    if (number < this.#before) this.outOfOrder.push({ found: 'out-of-order', entry, position: at })
    this.#before = number
  }

  check(row: LogRow): void {
    const { entry, digests, act, actor, payload, salt } = row
    const position = row.position === null ? null : Number(row.position)
    if (digests === null) {
      this.findings.push({ found: 'removed', entry, position: position! })
      return
    }
    const named = { entry, act, subject: { kind: row.kind, id: row.subject } }
    const digest = digests.subarray(0, 32)
    const ofPayload = digests.subarray(32, 64)
    const core = coreDigest(act, actor, ofPayload.toString('hex'), named.subject)
    const computed = entryDigest(core, digests.subarray(64))
    if (!computed.equals(digest) || (row.leaf && !digest.equals(row.leaf))) {
      this.findings.push({ found: 'changed', position, ...named })
    }
    if (payload === null || salt === null) {
      this.#withoutPayload.push(named)
    } else if (!payloadDigest(salt, payload).equals(ofPayload)) {
      this.findings.push({ found: 'payload-changed', ...named })
    } else if (act === 'audit.payloads-erased') {
      for (const erased of (JSON.parse(payload) as { entries: string[] }).entries) this.#erasures.add(erased)
    }
  }

  /** Payloads that are gone without an erasure on record; the others count as erased. */
  missingPayloads(): Finding[] {
    const missing = this.#withoutPayload.filter(({ entry }) => !this.#erasures.has(entry))
    this.erased = this.#withoutPayload.length - missing.length
    return missing.map((named) => ({ found: 'payload-missing', ...named }))
  }
}
