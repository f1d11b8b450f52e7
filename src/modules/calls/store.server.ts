import { type Selectable, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Call, CallTerms } from './call.ts'
import type { CallTable, RevisionTable } from './calls-tables.server.ts'
import type { CallCard } from './card.ts'
import type { OpenFrom, Stage, Step, StepName } from './life.ts'

/** A call as it is kept. */
export type StoredCall = Call & {
  stage: Stage
  /** The newest revision. */
  revision: number
  publishedRevision: number | null
  publishedAt: Temporal.Instant | null
  /** Since when everybody sees it as it is. */
  shownSince: Temporal.Instant | null
  /** Of the published revision. */
  period: OpenFrom | undefined
  zone: string
  corrigenda: number
  card: CallCard | null
  clonedFrom: string | null
  createdAt: Temporal.Instant
  changedAt: Temporal.Instant
}

/** One saved state of the terms, which never changes. */
export type Revision = { id: string; number: number; terms: CallTerms; by: string; at: Temporal.Instant }

/** A call by its code; undefined when there is none. */
export async function findCall(database: Database, code: string): Promise<StoredCall | undefined> {
  const row = await database.selectFrom('calls.call').selectAll().where('code', '=', code).executeTakeFirst()
  return row && toCall(row)
}

/** A call by its code, kept from others until the transaction ends. */
export async function lockCall(transaction: Database, code: string): Promise<StoredCall | undefined> {
  const row = await transaction
    .selectFrom('calls.call')
    .selectAll()
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
  return row && toCall(row)
}

/** The call that a form made already. Whoever sends the same form meanwhile waits until the transaction ends. */
export async function findCallOfForm(transaction: Database, form: string): Promise<StoredCall | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calls ${form}`}, 0))`.execute(transaction)
  const row = await transaction
    .selectFrom('calls.call')
    .selectAll()
    .where('form', '=', form)
    .executeTakeFirst()
  return row && toCall(row)
}

/** All calls that were published once. */
export async function publishedCalls(database: Database): Promise<StoredCall[]> {
  const rows = await database
    .selectFrom('calls.call')
    .selectAll()
    .where('published_revision', 'is not', null)
    .execute()
  return rows.map(toCall)
}

/** Codes of published calls that close within a time, both ends included, with the moment at which each closes. */
export async function callsClosing(
  database: Database,
  from: Temporal.Instant,
  until: Temporal.Instant
): Promise<{ code: string; closesAt: Temporal.Instant }[]> {
  const rows = await database
    .selectFrom('calls.call')
    .select(['code', 'closes_at'])
    .where('published_revision', 'is not', null)
    .where('closes_at', '>=', from.toString() as never)
    .where('closes_at', '<=', until.toString() as never)
    .orderBy('closes_at')
    .orderBy('code')
    .execute()
  return rows.map(({ code, closes_at }) => ({ code, closesAt: closes_at! }))
}

/** All calls of some bodies, those that changed last first. */
export async function callsOfBodies(database: Database, bodies: readonly string[]): Promise<StoredCall[]> {
  if (bodies.length === 0) return []
  const rows = await database
    .selectFrom('calls.call')
    .selectAll()
    .where('body', 'in', bodies)
    .orderBy('changed_at', 'desc')
    .orderBy('code')
    .execute()
  return rows.map(toCall)
}

/** Makes a call without terms. Its code counts on from the last of the body in the edition. */
export async function insertCall(
  transaction: Database,
  call: Omit<Call, 'id' | 'code'> & { form: string | null; clonedFrom: string | null }
): Promise<{ id: string; code: string }> {
  const start = `${call.edition}-${call.body}-`
  // Two who begin a call of the same body at once follow each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calls ${start}`}, 0))`.execute(transaction)
  const { rows } = await sql<{ last: number | null }>`
    select max(substring(code from ${start.length + 1}::int)::int) as last from calls.call
    where left(code, ${start.length}::int) = ${start}`.execute(transaction)
  const code = `${start}${(rows[0]?.last ?? 0) + 1}`
  const { id } = await transaction
    .insertInto('calls.call')
    .values({
      code,
      body: call.body,
      edition: call.edition,
      kind: call.kind,
      form: call.form,
      cloned_from: call.clonedFrom
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, code }
}

/** Keeps the next revision of a call's terms. @returns its number */
export async function saveRevision(
  transaction: Database,
  call: { id: string; revision: number },
  terms: CallTerms,
  by: string
): Promise<number> {
  const number = call.revision + 1
  await transaction
    .insertInto('calls.revision')
    .values({ call: call.id, number, terms: JSON.stringify(terms), saved_by: by })
    .execute()
  await touch(transaction, call.id, { revision: number })
  return number
}

/** Terms of a call in a revision. */
export async function termsOf(database: Database, call: string, revision: number): Promise<Revision> {
  const row = await database
    .selectFrom('calls.revision')
    .selectAll()
    .where('call', '=', call)
    .where('number', '=', revision)
    .executeTakeFirstOrThrow()
  return toRevision(row)
}

// More than the column holds: whatever is larger was never saved.
const mostRevisions = 2 ** 31 - 1

/** Terms of a revision that somebody names; undefined when the call never had it. */
export async function findTerms(
  database: Database,
  call: string,
  revision: number
): Promise<Revision | undefined> {
  if (!Number.isInteger(revision) || revision < 1 || revision > mostRevisions) return undefined
  const row = await database
    .selectFrom('calls.revision')
    .selectAll()
    .where('call', '=', call)
    .where('number', '=', revision)
    .executeTakeFirst()
  return row && toRevision(row)
}

/** The terms that a call shows to everybody, by their id; undefined where it was never published. */
export async function publishedTerms(database: Database, code: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('calls.call as c')
    .innerJoin('calls.revision as r', (join) =>
      join.onRef('r.call', '=', 'c.id').onRef('r.number', '=', 'c.published_revision')
    )
    .select('r.id')
    .where('c.code', '=', code)
    .executeTakeFirst()
  return row?.id
}

/** Terms by their id, with the call whose they are. */
export async function termsNamed(
  database: Database,
  id: string
): Promise<{ call: Call; terms: CallTerms } | undefined> {
  const row = await database
    .selectFrom('calls.revision as r')
    .innerJoin('calls.call as c', 'c.id', 'r.call')
    .select(['c.id', 'c.code', 'c.body', 'c.edition', 'c.kind', 'r.terms'])
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { terms, ...call } = row
  return { call, terms }
}

/** Who saved revisions of a call, perhaps only since a moment; the first first. */
export async function savedSince(
  database: Database,
  call: string,
  since: Temporal.Instant | undefined
): Promise<string[]> {
  let query = database
    .selectFrom('calls.revision')
    .select('saved_by')
    .where('call', '=', call)
    .orderBy('number')
  if (since) query = query.where('saved_at', '>=', since)
  const rows = await query.execute()
  return [...new Set(rows.map((row) => row.saved_by))]
}

/** Writes down that something was done to a call, and where it stands since. */
export async function takeStep(
  transaction: Database,
  call: { id: string; revision: number },
  step: { step: StepName; by: string; remarks?: string },
  stage?: Stage
): Promise<void> {
  await transaction
    .insertInto('calls.step')
    .values({
      call: call.id,
      step: step.step,
      revision: call.revision,
      taken_by: step.by,
      remarks: step.remarks ?? null
    })
    .execute()
  await touch(transaction, call.id, stage === undefined ? {} : { stage })
}

/** Everything that was done to a call, in order. */
export async function stepsOf(database: Database, call: string): Promise<Step[]> {
  const rows = await database
    .selectFrom('calls.step')
    .selectAll()
    .where('call', '=', call)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    step: row.step,
    by: row.taken_by,
    at: row.taken_at,
    revision: row.revision,
    remarks: row.remarks
  }))
}

/** Makes a revision the one that everybody sees. */
export async function publishRevision(
  transaction: Database,
  call: { id: string; revision: number },
  published: OpenFrom & { card: CallCard; corrigenda: number }
): Promise<void> {
  await transaction
    .updateTable('calls.call')
    .set({
      published_revision: call.revision,
      published_at: sql`coalesce(published_at, clock_timestamp())`,
      shown_since: sql`clock_timestamp()`,
      opens_at: published.opensAt.toString(),
      closes_at: published.closesAt.toString(),
      card: JSON.stringify(published.card),
      corrigenda: published.corrigenda,
      stage: 'published',
      changed_at: sql`clock_timestamp()`
    })
    .where('id', '=', call.id)
    .execute()
}

async function touch(
  transaction: Database,
  id: string,
  set: { revision?: number; stage?: Stage }
): Promise<void> {
  await transaction
    .updateTable('calls.call')
    .set({ ...set, changed_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

function toRevision(row: Selectable<RevisionTable>): Revision {
  return { id: row.id, number: row.number, terms: row.terms, by: row.saved_by, at: row.saved_at }
}

function toCall(row: Selectable<CallTable>): StoredCall {
  const { opens_at: opensAt, closes_at: closesAt } = row
  return {
    id: row.id,
    code: row.code,
    body: row.body,
    edition: row.edition,
    kind: row.kind,
    stage: row.stage,
    revision: row.revision,
    publishedRevision: row.published_revision,
    publishedAt: row.published_at,
    shownSince: row.shown_since,
    period: opensAt && closesAt ? { opensAt, closesAt } : undefined,
    zone: row.zone,
    corrigenda: row.corrigenda,
    card: row.card,
    clonedFrom: row.cloned_from,
    createdAt: row.created_at,
    changedAt: row.changed_at
  }
}
