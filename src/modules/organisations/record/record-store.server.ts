import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { codeLetters, organisationCode } from '../code.ts'
import { writeNames } from '../names/name-store.server.ts'
import '../organisations-tables.server.ts'
import type { Act } from './acts.ts'
import type { Change } from './change.ts'
import { type Entry, entryOf, namesOf } from './entry.ts'
import type { Fact, FactGroup, Level, Source, Statement } from './fact.ts'

/** The head of a record. */
export type Head = { id: string; code: string; revision: number; shown: FactGroup[] }

/** Who changes a record, and what the change is called in its history. */
export type ChangedBy = { person?: string; source: Source | 'product'; act: Act }

/** New statements with what makes them facts. */
export type Stated = Statement & { level: Level; evidence?: string | undefined }

/**
 * Takes hold of a record until the transaction ends: others who change it wait.
 * @returns undefined when there is none, or when it was merged into another
 */
export async function holdRecord(transaction: Database, id: string): Promise<Head | undefined> {
  return transaction
    .selectFrom('organisations.organisation')
    .select(['id', 'code', 'revision', 'shown'])
    .where('id', '=', id)
    .where('merged_into', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** The facts in force of an organisation, in the order in which they were stated. */
export async function factsInForce(database: Database, id: string): Promise<Fact[]> {
  const rows = await database
    .selectFrom('organisations.fact')
    .selectAll()
    .where('organisation', '=', id)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toFact)
}

type FactRow = {
  [Key in 'id' | 'kind' | 'detail' | 'value' | 'source' | 'level']: Fact[Key]
} & {
  valid_from: Temporal.PlainDate | null
  valid_until: Temporal.PlainDate | null
  evidence: string | null
  stated_at: Temporal.Instant
  stated_by: string | null
  since_revision: number
}

export function toFact(row: FactRow): Fact {
  return {
    id: row.id,
    kind: row.kind,
    detail: row.detail,
    value: row.value,
    validFrom: row.valid_from?.toString(),
    validUntil: row.valid_until?.toString(),
    source: row.source,
    level: row.level,
    evidence: row.evidence ?? undefined,
    statedAt: row.stated_at.toString(),
    statedBy: row.stated_by ?? undefined,
    sinceRevision: row.since_revision
  }
}

/** Writes a new record with its first facts. */
export async function createRecord(
  transaction: Database,
  stated: readonly Stated[],
  by: ChangedBy & { source: Source },
  shown: readonly FactGroup[]
): Promise<Head> {
  const first = stated.map((statement, at) => provisional(statement, String(at), by.source))
  const entry = entryOf(first)
  const { id, code } = await insertHead(transaction, entry, shown)
  const head: Head = { id, code, revision: 1, shown: [...shown] }
  await writeFacts(
    transaction,
    stated.map((statement) => ({ organisation: id, revision: 1, statement })),
    by
  )
  await noteChange(transaction, head, by)
  await writeNames(transaction, [{ id, country: entry.country, names: namesOf(first) }])
  return head
}

function provisional(statement: Stated, id: string, source: Source): Fact {
  const unknown = { validFrom: undefined, validUntil: undefined, evidence: undefined, statedBy: undefined }
  return { ...unknown, ...statement, id, source, statedAt: '', sinceRevision: 1 }
}

async function insertHead(transaction: Database, entry: Entry, shown: readonly FactGroup[]) {
  // Seven letters by chance: the same ones come up once in 27 thousand millions.
  for (;;) {
    const made = await transaction
      .insertInto('organisations.organisation')
      .values({ code: newCode(), shown: [...shown], ...columnsOf(entry) })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning(['id', 'code'])
      .executeTakeFirst()
    if (made) return made
  }
}

/** A code by chance. */
export function newCode(): string {
  return organisationCode(Array.from({ length: 7 }, () => randomInt(codeLetters)))
}

/**
 * Ends and begins facts of a record that is held, and makes its entry and names anew.
 * @param facts those in force before
 * @returns the new revision
 */
export async function changeRecord(
  transaction: Database,
  head: Head,
  facts: readonly Fact[],
  change: Omit<Change, 'begun'> & { begun: readonly Stated[] },
  by: ChangedBy & {
    source: Source
    /** Who states the new facts, where that is not who makes the change. */
    statedAs?: Source
  }
): Promise<number> {
  const revision = head.revision + 1
  const ids = change.ended.map(({ id }) => id)
  if (ids.length > 0) {
    await transaction
      .updateTable('organisations.fact')
      .set({ ended_at: sql`clock_timestamp()`, ended_revision: revision })
      .where('id', 'in', ids)
      .execute()
  }
  await writeFacts(
    transaction,
    change.begun.map((statement) => ({ organisation: head.id, revision, statement })),
    { ...by, source: by.statedAs ?? by.source }
  )
  const after = await factsInForce(transaction, head.id)
  const entry = entryOf(after)
  await transaction
    .updateTable('organisations.organisation')
    .set({ revision, changed_at: sql`clock_timestamp()`, ...columnsOf(entry) })
    .where('id', '=', head.id)
    .execute()
  await noteChange(transaction, { ...head, revision }, by)
  const names = namesOf(after)
  if (`${entry.country} ${names.join('\n')}` !== `${entryOf(facts).country} ${namesOf(facts).join('\n')}`) {
    await transaction.deleteFrom('organisations.name').where('organisation', '=', head.id).execute()
    await writeNames(transaction, [{ id: head.id, country: entry.country, names }])
  }
  return revision
}

/** Notes a change in the history of the record: its revision, who, and what it is called. */
export async function noteChange(
  transaction: Database,
  { id, revision }: Head,
  by: ChangedBy
): Promise<void> {
  await transaction
    .insertInto('organisations.change')
    .values({ organisation: id, revision, by_person: by.person ?? null, source: by.source, act: by.act })
    .execute()
}

/** An entry as the columns that hold it. */
export function columnsOf(entry: Entry) {
  return {
    name: entry.name,
    latin_name: entry.latinName ?? null,
    country: entry.country,
    city: entry.city ?? null,
    region: entry.region ?? null,
    type: entry.type ?? null,
    fields: entry.fields,
    topics: entry.topics,
    languages: entry.languages,
    level: entry.level,
    charter_until: entry.charterUntil ?? null
  }
}

type NewFact = { organisation: string; revision: number; statement: Stated }

/** Writes facts of any number of records in one statement. */
export async function writeFacts(
  transaction: Database,
  facts: readonly NewFact[],
  by: { person?: string; source: Source }
): Promise<void> {
  if (facts.length === 0) return
  const column = <Value>(take: (fact: NewFact) => Value) => facts.map(take)
  await sql`
    insert into organisations.fact
      (organisation, since_revision, kind, detail, value, valid_from, valid_until, level, evidence, source, stated_by)
    select *, ${by.source}, ${by.person ?? null}::uuid from unnest(
      ${column(({ organisation }) => organisation)}::uuid[], ${column(({ revision }) => revision)}::int[],
      ${column(({ statement }) => statement.kind)}::text[], ${column(({ statement }) => statement.detail)}::text[],
      ${column(({ statement }) => statement.value)}::text[],
      ${column(({ statement }) => statement.validFrom ?? null)}::date[],
      ${column(({ statement }) => statement.validUntil ?? null)}::date[],
      ${column(({ statement }) => statement.level)}::text[],
      ${column(({ statement }) => statement.evidence ?? null)}::text[])`.execute(transaction)
}

/** Counts a change that is none of facts, and notes it. @returns the new revision */
export async function markChanged(transaction: Database, head: Head, by: ChangedBy): Promise<number> {
  const revision = head.revision + 1
  await transaction
    .updateTable('organisations.organisation')
    .set({ revision, changed_at: sql`clock_timestamp()` })
    .where('id', '=', head.id)
    .execute()
  await noteChange(transaction, { ...head, revision }, by)
  return revision
}

/** Whether a change of a name was made after the revision that somebody saw. */
export async function changedMeanwhile(
  database: Database,
  organisation: string,
  revision: number,
  act: Act
): Promise<boolean> {
  const found = await database
    .selectFrom('organisations.change')
    .select('revision')
    .where('organisation', '=', organisation)
    .where('revision', '>', revision)
    .where('act', '=', act)
    .executeTakeFirst()
  return found !== undefined
}
