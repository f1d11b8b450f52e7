import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { SheetProblem } from '#shared/spreadsheets/sheet-problem.ts'
import { applyPlan } from '../import/apply-plan.server.ts'
import { type AppliedEdition, appliedEditions, knownHolders } from '../import/holders-store.server.ts'
import { type ImportChoices, type ImportPlan, planImport } from '../import/plan-import.ts'
import { readCharterList } from '../import/read-charter-list.server.ts'
import '../organisations-tables.server.ts'

/** Nobody by the site: whoever has the machine, by ./kopa organisations import. */
export const permission: Permission = []

/** A list as it is handed over. */
export type GivenList = {
  bytes: Uint8Array
  /** The name of the file. */
  file: string
  /** The day of the edition. */
  edition: Temporal.PlainDate
}

type Wanted = ImportChoices & {
  /** try: only say what would be done. */
  do: 'try' | 'apply'
  onProgress?: (done: number, all: number) => void
}

export type Imported = { plan: ImportPlan; rows: number; applied: boolean }

/**
 * Reads an edition of the list of charter holders in, in one transaction, and remembers it: what the list says
 * becomes facts of the records, beside what organisations say of themselves. Tried, it does all but write.
 * @returns what was or would be done; why the file is no such list; or a refusal, when this or a later edition was
 *   read in before
 */
export async function importCharterList(
  app: { database: Database },
  { bytes, file, edition }: GivenList,
  wanted: Wanted
): Promise<Imported | SheetProblem | Refused> {
  const read = await readCharterList(bytes)
  if ('problem' in read) return read
  const sha256 = createHash('sha256').update(bytes).digest()
  const rows = read.list.rows.length + read.list.broken.length
  return app.database.transaction().execute(async (transaction) => {
    // One import at a time; others may read meanwhile.
    await sql`lock table organisations.charter_edition in share row exclusive mode`.execute(transaction)
    const refusal = alreadyRead(await appliedEditions(transaction), edition, sha256, wanted)
    if (refusal) return refusal
    const known = await knownHolders(transaction)
    const plan = planImport(
      known.map(({ holder }) => holder),
      read.list,
      wanted
    )
    if (wanted.do === 'try') return { plan, rows, applied: false }
    await noteEdition(transaction, { file, edition: edition.toString(), sha256, rows, plan })
    await applyPlan(transaction, plan, known, edition.toString(), wanted.onProgress)
    const counts = countsOf(plan)
    await record(transaction, {
      act: 'organisations.list-read',
      by: { system: 'kopa organisations import' },
      subject: { kind: 'charter-list', id: edition.toString() },
      payload: { file, sha256: sha256.toString('hex'), rows, ...counts }
    })
    await announce(transaction, 'organisations.list-read', { edition: edition.toString(), ...counts })
    return { plan, rows, applied: true }
  })
}

/** The newest edition may be read again, to take over what somebody looked at meanwhile. */
function alreadyRead(
  [last, ...earlier]: readonly AppliedEdition[],
  edition: Temporal.PlainDate,
  sha256: Buffer,
  { accept, manyEnd, do: what }: Wanted
): Refused | undefined {
  if (!last) return undefined
  const decided = accept === 'all' || accept.size > 0 || manyEnd
  if (last.sha256.equals(sha256) && edition.equals(last.edition) && (decided || what === 'try'))
    return undefined
  const same = [last, ...earlier].find((one) => one.sha256.equals(sha256))
  if (same) return notNow('organisations.import.same-file', { edition: same.edition.toString() })
  // A fuller copy of the same day may follow.
  if (Temporal.PlainDate.compare(edition, last.edition) >= 0) return undefined
  return notNow('organisations.import.not-newer', {
    edition: edition.toString(),
    last: last.edition.toString()
  })
}

/** How many rows of each kind. */
export function countsOf(plan: ImportPlan) {
  const of = (news: ImportPlan['taken'][number]['news']) =>
    plan.taken.filter((row) => row.news === news).length
  return {
    added: of('added'),
    changed: of('changed'),
    unchanged: of('same'),
    ended: plan.ended.length,
    doubtful: plan.doubtful.length,
    broken: plan.broken.length
  }
}

async function noteEdition(
  transaction: Database,
  {
    file,
    edition,
    sha256,
    rows,
    plan
  }: { file: string; edition: string; sha256: Buffer; rows: number; plan: ImportPlan }
): Promise<void> {
  const report = {
    changed: plan.changed.map(({ row, holder, changes }) => ({
      row,
      erasmusCode: holder.erasmusCode,
      changes
    })),
    ended: plan.ended.map(({ erasmusCode, legalName }) => ({ erasmusCode, legalName })),
    doubtful: plan.doubtful.map(({ row, holder, doubts }) => ({
      row,
      erasmusCode: holder.erasmusCode,
      doubts
    })),
    broken: plan.broken
  }
  const noted = { rows, ...countsOf(plan), report: JSON.stringify(report) }
  await transaction
    .insertInto('organisations.charter_edition')
    .values({ edition, file, sha256, ...noted })
    .onConflict((conflict) => conflict.column('edition').doUpdateSet(noted))
    .execute()
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.list-read': {
      edition: string
      added: number
      changed: number
      unchanged: number
      ended: number
      doubtful: number
      broken: number
    }
  }
}
