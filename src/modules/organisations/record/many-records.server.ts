import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { writeNames } from '../names/name-store.server.ts'
import '../organisations-tables.server.ts'
import type { Change } from './change.ts'
import { type Entry, entryOf, namesOf } from './entry.ts'
import type { Fact } from './fact.ts'
import { type ChangedBy, type Stated, newCode, toFact, writeFacts } from './record-store.server.ts'
import type { Source } from './fact.ts'

/** Many records at once, for official lists: the same as record-store does for one, in a few statements. */

/** Records that are held, with their facts in force, by id. Records that were merged are left out. */
export type HeldRecords = Map<string, { revision: number; facts: Fact[] }>

/** Takes hold of records until the transaction ends. */
export async function holdRecords(transaction: Database, ids: readonly string[]): Promise<HeldRecords> {
  if (ids.length === 0) return new Map()
  const heads = await transaction
    .selectFrom('organisations.organisation')
    .select(['id', 'revision'])
    .where('id', 'in', [...ids])
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const held: HeldRecords = new Map(heads.map(({ id, revision }) => [id, { revision, facts: [] }]))
  const rows = await transaction
    .selectFrom('organisations.fact')
    .selectAll()
    .where('organisation', 'in', [...ids])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const row of rows) held.get(row.organisation)?.facts.push(toFact(row))
  return held
}

/** Writes new records with their first facts. @returns their ids, in the same order */
export async function createRecords(
  transaction: Database,
  records: readonly (readonly Stated[])[],
  by: ChangedBy & { source: Source }
): Promise<string[]> {
  if (records.length === 0) return []
  const codes = await newCodes(transaction, records.length)
  const made = records.map((stated, at) => {
    const facts = stated.map((statement, index) => asFact(statement, String(index), by.source))
    return { id: randomUUID() as string, code: codes[at]!, stated, facts, entry: entryOf(facts) }
  })
  await writeHeads(transaction, made)
  await writeFacts(
    transaction,
    made.flatMap(({ id, stated }) =>
      stated.map((statement) => ({ organisation: id, revision: 1, statement }))
    ),
    by
  )
  await noteChanges(
    transaction,
    made.map(({ id }) => ({ id, revision: 1 })),
    by
  )
  await writeNames(
    transaction,
    made.map(({ id, entry, facts }) => ({ id, country: entry.country, names: namesOf(facts) }))
  )
  return made.map(({ id }) => id)
}

function asFact(statement: Stated, id: string, source: Source): Fact {
  const unknown = { validFrom: undefined, validUntil: undefined, evidence: undefined, statedBy: undefined }
  return { ...unknown, ...statement, id, source, statedAt: '', sinceRevision: 1 }
}

async function newCodes(transaction: Database, count: number): Promise<string[]> {
  const codes = new Set<string>()
  while (codes.size < count) {
    const drawn = new Set(Array.from({ length: count - codes.size }, newCode))
    const taken = await transaction
      .selectFrom('organisations.organisation')
      .select('code')
      .where('code', 'in', [...drawn])
      .execute()
    for (const { code } of taken) drawn.delete(code)
    for (const code of drawn) codes.add(code)
  }
  return [...codes]
}

/** The columns of entries, one array a column; arrays of arrays travel as JSON. */
function columns(entries: readonly Entry[]) {
  const column = <Value>(take: (entry: Entry) => Value) => entries.map(take)
  return sql`
    ${column(({ name }) => name)}::text[], ${column(({ latinName }) => latinName ?? null)}::text[],
    ${column(({ country }) => country)}::text[], ${column(({ city }) => city ?? null)}::text[],
    ${column(({ region }) => region ?? null)}::text[], ${column(({ type }) => type ?? null)}::text[],
    ${column(({ fields }) => fields.join(' '))}::text[], ${column(({ topics }) => topics.join(' '))}::text[],
    ${column(({ languages }) => languages.join(' '))}::text[], ${column(({ level }) => level)}::text[],
    ${column(({ charterUntil }) => charterUntil ?? null)}::date[]`
}

const columnNames = sql`name, latin_name, country, city, region, type, fields, topics, languages, level, charter_until`
const columnValues = sql`
  name, latin_name, country, city, region, type, string_to_array(fields, ' '), string_to_array(topics, ' '),
  string_to_array(languages, ' '), level, charter_until`

async function writeHeads(
  transaction: Database,
  records: readonly { id: string; code: string; entry: Entry }[]
): Promise<void> {
  await sql`
    insert into organisations.organisation (id, code, ${columnNames})
    select id, code, ${columnValues} from unnest(
      ${records.map(({ id }) => id)}::uuid[], ${records.map(({ code }) => code)}::text[],
      ${columns(records.map(({ entry }) => entry))}) as r (id, code, ${columnNames})`.execute(transaction)
}

/** A change of one of the records that are held. */
export type RecordChanged = { id: string; ended: Change['ended']; begun: readonly Stated[] }

/** Ends and begins facts of records that are held, and makes their entries and names anew. */
export async function changeRecords(
  transaction: Database,
  held: HeldRecords,
  changes: readonly RecordChanged[],
  by: ChangedBy & { source: Source }
): Promise<void> {
  if (changes.length === 0) return
  const ended = changes.flatMap(({ id, ended }) =>
    ended.map((fact) => ({ fact: fact.id, revision: held.get(id)!.revision + 1 }))
  )
  await sql`
    update organisations.fact f set ended_at = clock_timestamp(), ended_revision = r.revision
    from unnest(${ended.map(({ fact }) => fact)}::bigint[], ${ended.map(({ revision }) => revision)}::int[])
      as r (id, revision) where f.id = r.id`.execute(transaction)
  const after = changes.map(({ id, ended, begun }) => {
    const { revision, facts } = held.get(id)!
    const stay = facts.filter((fact) => !ended.some((gone) => gone.id === fact.id))
    const next = [...stay, ...begun.map((statement, at) => asFact(statement, `new-${at}`, by.source))]
    return { id, revision: revision + 1, begun, before: facts, facts: next, entry: entryOf(next) }
  })
  await writeFacts(
    transaction,
    after.flatMap(({ id, revision, begun }) =>
      begun.map((statement) => ({ organisation: id, revision, statement }))
    ),
    by
  )
  await sql`
    update organisations.organisation o set (revision, changed_at, ${columnNames}) =
      (r.revision, clock_timestamp(), r.name, r.latin_name, r.country, r.city, r.region, r.type,
       string_to_array(r.fields, ' '), string_to_array(r.topics, ' '), string_to_array(r.languages, ' '), r.level,
       r.charter_until)
    from unnest(${after.map(({ id }) => id)}::uuid[], ${after.map(({ revision }) => revision)}::int[],
      ${columns(after.map(({ entry }) => entry))}) as r (id, revision, ${columnNames})
    where o.id = r.id`.execute(transaction)
  await noteChanges(transaction, after, by)
  const renamed = after.filter(
    ({ before, facts, entry }) =>
      namesOf(before).join('\n') !== namesOf(facts).join('\n') || entryOf(before).country !== entry.country
  )
  if (renamed.length === 0) return
  await transaction
    .deleteFrom('organisations.name')
    .where(
      'organisation',
      'in',
      renamed.map(({ id }) => id)
    )
    .execute()
  await writeNames(
    transaction,
    renamed.map(({ id, entry, facts }) => ({ id, country: entry.country, names: namesOf(facts) }))
  )
}

async function noteChanges(
  transaction: Database,
  records: readonly { id: string; revision: number }[],
  by: ChangedBy
): Promise<void> {
  await sql`
    insert into organisations.change (organisation, revision, by_person, source, act)
    select id, revision, ${by.person ?? null}::uuid, ${by.source}, ${by.act}
    from unnest(${records.map(({ id }) => id)}::uuid[], ${records.map(({ revision }) => revision)}::int[])
      as r (id, revision)`.execute(transaction)
}
