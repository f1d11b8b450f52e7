import type { Database } from '#shared/database/index.ts'
import { foldName } from '../names/fold-name.ts'
import { writeWords } from '../names/name-store.server.ts'
import '../organisations-tables.server.ts'
import { changeTo, isNoChange } from '../record/change.ts'
import {
  type RecordChanged,
  changeRecords,
  createRecords,
  holdRecords
} from '../record/many-records.server.ts'
import type { Stated } from '../record/record-store.server.ts'
import type { CharterHolder } from './charter-holder.ts'
import { type KnownHolder, endHolders, keepHolders } from './holders-store.server.ts'
import { listedKinds, listedStatements } from './listed-facts.ts'
import type { ImportPlan, TakenRow } from './plan-import.ts'

/** How many records are written at once: enough to be quick, few enough to tell how far it is. */
const together = 500

/**
 * Carries a plan out, in the transaction of the action.
 * @param edition ISO day
 * @param onProgress hears how many of all rows are done
 */
export async function applyPlan(
  transaction: Database,
  plan: ImportPlan,
  known: readonly KnownHolder[],
  edition: string,
  onProgress: (done: number, all: number) => void = () => {}
): Promise<void> {
  const recordOf = new Map(known.map(({ holder, organisation }) => [holder.erasmusCode, organisation]))
  const all = plan.taken.length + plan.ended.length
  await writeWords(
    transaction,
    plan.taken.filter(({ news }) => news !== 'same').map(({ holder }) => foldName(holder.legalName))
  )
  let done = 0
  const report = (rows: number) => onProgress((done += rows), all)
  for (const rows of chunks(plan.taken)) {
    const placed = await placeRows(transaction, rows, recordOf)
    await writeRows(transaction, placed, edition)
    report(rows.length)
  }
  for (const holders of chunks(plan.ended)) {
    await endCharters(transaction, holders, recordOf, edition)
    report(holders.length)
  }
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / together) }, (_, at) =>
    items.slice(at * together, (at + 1) * together)
  )
}

type PlacedRow = TakenRow & { organisation: string | undefined }

/** Finds the record of each row: the one it had before, or one that surely has the same identifier. */
async function placeRows(
  transaction: Database,
  rows: readonly TakenRow[],
  recordOf: ReadonlyMap<string, string>
): Promise<PlacedRow[]> {
  const fresh = rows.filter(({ known }) => !known).map(({ holder }) => holder)
  const sure = await sureRecords(transaction, fresh)
  return rows.map((row) => ({
    ...row,
    organisation: row.known ? recordOf.get(row.known.erasmusCode) : sure.get(row.holder.erasmusCode)
  }))
}

/**
 * Records that an official list or a document says to have one of the identifiers, in the same country. What somebody
 * only says of themselves is not enough: anybody could have registered a university in its name before the list came.
 */
async function sureRecords(
  transaction: Database,
  holders: readonly CharterHolder[]
): Promise<Map<string, string>> {
  if (holders.length === 0) return new Map()
  const rows = await transaction
    .selectFrom('organisations.fact as f')
    .innerJoin('organisations.organisation as o', 'o.id', 'f.organisation')
    .select(['f.kind', 'f.value', 'f.organisation', 'o.country'])
    .where('f.ended_at', 'is', null)
    .where('o.merged_into', 'is', null)
    .where('f.kind', 'in', ['pic', 'oid', 'erasmus-code'])
    .where('f.level', 'in', ['document-seen', 'official-list'])
    .where(
      'f.value',
      'in',
      holders.flatMap(({ pic, oid, erasmusCode }) => [pic, erasmusCode, ...(oid ? [oid] : [])])
    )
    .execute()
  const found = new Map<string, string>()
  for (const { erasmusCode, pic, oid, country } of holders) {
    const meant = rows.filter(
      (row) =>
        row.country === country &&
        ((row.kind === 'pic' && row.value === pic) ||
          (row.kind === 'oid' && row.value === oid) ||
          (row.kind === 'erasmus-code' && row.value === erasmusCode))
    )
    const [record, ...others] = new Set(meant.map(({ organisation }) => organisation))
    // Two records with parts of it are for a person to look at; until then the list has one of its own.
    if (record !== undefined && others.length === 0) found.set(erasmusCode, record)
  }
  return found
}

async function writeRows(transaction: Database, rows: readonly PlacedRow[], edition: string): Promise<void> {
  const stated = (holder: CharterHolder): Stated[] =>
    listedStatements(holder).map((statement) => ({ ...statement, level: 'official-list', evidence: edition }))
  const held = await holdRecords(
    transaction,
    rows.flatMap(({ organisation, news }) => (organisation && news !== 'same' ? [organisation] : []))
  )
  const changes = rows.flatMap(({ organisation, holder, news }): RecordChanged[] => {
    const facts = organisation && news !== 'same' ? held.get(organisation)?.facts : undefined
    if (!facts) return []
    const change = changeTo(facts, 'list', listedKinds, listedStatements(holder))
    if (isNoChange(change)) return []
    const begun = change.begun.map((statement) => ({
      ...statement,
      level: 'official-list' as const,
      evidence: edition
    }))
    return [{ id: organisation!, ended: change.ended, begun }]
  })
  await changeRecords(transaction, held, changes, { source: 'list', act: 'list-changed' })
  const fresh = rows.filter(({ organisation }) => organisation === undefined)
  const ids = await createRecords(
    transaction,
    fresh.map(({ holder }) => stated(holder)),
    { source: 'list', act: 'listed' }
  )
  const made = new Map(fresh.map(({ holder }, at) => [holder.erasmusCode, ids[at]!]))
  await keepHolders(
    transaction,
    edition,
    rows.map(({ holder, known, organisation }) => ({
      holder,
      before: known?.erasmusCode,
      organisation: organisation ?? made.get(holder.erasmusCode)!
    }))
  )
}

/** A holder that is no longer listed has no charter any more; its name and identifiers stay, dated as they are. */
async function endCharters(
  transaction: Database,
  holders: readonly CharterHolder[],
  recordOf: ReadonlyMap<string, string>,
  edition: string
): Promise<void> {
  const ids = holders.map(({ erasmusCode }) => recordOf.get(erasmusCode)!)
  const held = await holdRecords(transaction, ids)
  const changes = holders.flatMap(({ erasmusCode }): RecordChanged[] => {
    const id = recordOf.get(erasmusCode)!
    const ended =
      held.get(id)?.facts.filter(({ kind, source }) => kind === 'charter' && source === 'list') ?? []
    return ended.length > 0 ? [{ id, ended, begun: [] }] : []
  })
  await changeRecords(transaction, held, changes, { source: 'list', act: 'list-ended' })
  await endHolders(
    transaction,
    edition,
    holders.map(({ erasmusCode }) => erasmusCode)
  )
}
