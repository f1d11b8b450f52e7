import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import './directory-tables.server.ts'

/**
 * What can wait at a body. Later modules add theirs here. Requests to join and records that may be the same wait in
 * organisations, which knows best when they are settled; the desk counts them.
 */
export const waitingKinds = ['advice-request'] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** Something that waits at a body or one of its units, until an officer settles it. */
export type Waiting = {
  id: string
  body: string
  unit: string | null
  kind: WaitingKind
  /** The thing itself, in its own module. */
  subject: string
  organisation: string | null
  since: string
  taken: { by: string; at: string } | undefined
}

type Put = {
  kind: WaitingKind
  subject: string
  organisation?: string
  body: string
  unit: string | null
  mandate?: string
}

/** Puts something where it waits, in the transaction in which it came up. What waits already stays where it is. */
export async function letWait(transaction: Database, { mandate, organisation, ...put }: Put): Promise<void> {
  await transaction
    .insertInto('directory.waiting')
    .values({ ...put, organisation: organisation ?? null, mandate: mandate ?? null })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).where('settled_at', 'is', null).doNothing()
    )
    .execute()
}

/** It no longer waits. @param by the officer who settled it; left out: it settled itself */
export async function settleWaiting(
  transaction: Database,
  { kind, subject, by }: { kind: WaitingKind; subject: string; by?: string }
): Promise<void> {
  await transaction
    .updateTable('directory.waiting')
    .set({ settled_at: sql`clock_timestamp()`, settled_by: by ?? null })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('settled_at', 'is', null)
    .execute()
}

/** One thing that still waits; undefined: it was settled, or never was. */
export async function waitingNow(database: Database, id: string): Promise<Waiting | undefined> {
  const [found] = await waiting(database, (query) => query.where('id', '=', asId(id)))
  return found
}

/** All that waits at a body, the oldest first. */
export async function waitingAt(database: Database, body: string): Promise<Waiting[]> {
  return waiting(database, (query) => query.where('body', '=', body))
}

type Query = ReturnType<typeof open>

function open(database: Database) {
  return database
    .selectFrom('directory.waiting')
    .selectAll()
    .where('settled_at', 'is', null)
    .orderBy('since')
    .orderBy('id')
}

async function waiting(database: Database, narrowed: (query: Query) => Query): Promise<Waiting[]> {
  const rows = await narrowed(open(database)).execute()
  return rows.map((row) => ({
    id: row.id,
    body: row.body,
    unit: row.unit,
    kind: row.kind as WaitingKind,
    subject: row.subject,
    organisation: row.organisation,
    since: row.since.toString(),
    taken: row.taken_by ? { by: row.taken_by, at: row.taken_at!.toString() } : undefined
  }))
}
