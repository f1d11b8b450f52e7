import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { canonicalJson, type JsonObject } from '#shared/audit/canonical-json.ts'
import type { Database } from '#shared/database/index.ts'
import type { BudgetLine } from './budget-line.ts'
import type { HowSaved, LineContent } from './budget-tables.server.ts'
import './budget-tables.server.ts'

/** A line as it is kept; `version` goes up with each change of it. */
export type StoredLine = BudgetLine & { version: number; changedBy: string; changedAt: Temporal.Instant }

/** A line with what is kept beside it taken off. */
export function lineOf({
  version: _version,
  changedBy: _by,
  changedAt: _at,
  ...line
}: StoredLine): BudgetLine {
  return line
}

/** The lines of an application in the order in which they were added. */
export async function storedLines(database: Database, application: string): Promise<StoredLine[]> {
  const rows = await database
    .selectFrom('applications.budget_line')
    .select(['id', 'participant', 'content', 'version', 'changed_by', 'changed_at'])
    .where('application', '=', application)
    .where('removed_at', 'is', null)
    .orderBy('place')
    .execute()
  return rows.map((row) => ({
    ...row.content,
    id: row.id,
    participant: row.participant,
    version: row.version,
    changedBy: row.changed_by,
    changedAt: row.changed_at
  }))
}

/** The version a line has, removed or not; 0 when there never was one. */
export async function versionOf(database: Database, application: string, id: string): Promise<number> {
  const row = await database
    .selectFrom('applications.budget_line')
    .select('version')
    .where('application', '=', application)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.version ?? 0
}

type Change = { application: string; by: string; how: HowSaved }

/** Writes a line as its next version, and keeps what it was. The caller holds the application locked. */
export async function writeLine(
  transaction: Database,
  { application, by, how }: Change,
  line: BudgetLine,
  version: number
): Promise<void> {
  const { id, participant, ...rest } = line
  const content = JSON.stringify(rest satisfies LineContent)
  const changed = { participant, content, version, digest: digestOf(line), changed_by: by }
  await transaction
    .insertInto('applications.budget_line')
    .values({ application, id, ...changed })
    .onConflict((conflict) =>
      conflict
        .columns(['application', 'id'])
        .doUpdateSet({ ...changed, changed_at: sql`clock_timestamp()`, removed_at: null })
    )
    .execute()
  await transaction
    .insertInto('applications.budget_change')
    .values({ application, line: id, version, participant, content, how, saved_by: by })
    .execute()
}

/** Removes a line; what it was stays in its changes. */
export async function dropLine(
  transaction: Database,
  { application, by, how }: Change,
  { id, participant, version }: StoredLine
): Promise<void> {
  await transaction
    .updateTable('applications.budget_line')
    .set({
      version: version + 1,
      changed_by: by,
      changed_at: sql`clock_timestamp()`,
      removed_at: sql`clock_timestamp()`
    })
    .where('application', '=', application)
    .where('id', '=', id)
    .execute()
  await transaction
    .insertInto('applications.budget_change')
    .values({ application, line: id, version: version + 1, participant, content: null, how, saved_by: by })
    .execute()
}

/** Names the state of a whole budget: who saw another state has to look again. */
export function stateOf(lines: readonly StoredLine[]): string {
  const named = lines.map(({ id, version }) => `${id}:${version}`).sort()
  return createHash('sha256').update(named.join('\n')).digest('hex')
}

function digestOf(line: BudgetLine): Buffer {
  return createHash('sha256')
    .update(canonicalJson(line as unknown as JsonObject))
    .digest()
}
