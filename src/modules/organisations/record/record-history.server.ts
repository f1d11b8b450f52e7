import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import type { Act } from './acts.ts'
import type { FactKind, Level, Source } from './fact.ts'

/** What was said of one kind before a change, and what is said after it. */
export type FactChange = {
  kind: FactKind
  detail: string
  before: string | undefined
  after: string | undefined
  source: Source
  level: Level
}

/** One change of a record. */
export type RecordChange = {
  revision: number
  at: Temporal.Instant
  by: string | undefined
  source: Source | 'product'
  act: Act
  facts: FactChange[]
}

/**
 * The changes of a record, the newest first.
 * @param after only those after this revision
 */
export async function changesOf(
  database: Database,
  organisation: string,
  { after = 0, most = 100 }: { after?: number; most?: number } = {}
): Promise<RecordChange[]> {
  const changes = await database
    .selectFrom('organisations.change')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('revision', '>', after)
    .orderBy('revision', 'desc')
    .limit(most)
    .execute()
  if (changes.length === 0) return []
  const oldest = changes.at(-1)!.revision
  const { rows: facts } = await sql<FactRow>`
    select kind, detail, value, source, level, since_revision, ended_revision from organisations.fact
    where organisation = ${organisation} and (since_revision >= ${oldest} or ended_revision >= ${oldest})
    order by id`.execute(database)
  return changes.map(({ revision, at, by_person, source, act }) => ({
    revision,
    at,
    by: by_person ?? undefined,
    source,
    act,
    facts: factsChangedAt(facts, revision)
  }))
}

type FactRow = {
  kind: FactKind
  detail: string
  value: string
  source: Source
  level: Level
  since_revision: number
  ended_revision: number | null
}

/** Pairs what ended with what began in its place. */
function factsChangedAt(facts: readonly FactRow[], revision: number): FactChange[] {
  const ended = facts.filter(({ ended_revision }) => ended_revision === revision)
  const begun = facts.filter(({ since_revision }) => since_revision === revision)
  const changes: FactChange[] = []
  for (const { kind, detail, value, source, level } of begun) {
    const at = ended.findIndex(
      (fact) => fact.kind === kind && fact.detail === detail && fact.source === source
    )
    const [before] = at < 0 ? [] : ended.splice(at, 1)
    changes.push({ kind, detail, before: before?.value, after: value, source, level })
  }
  for (const { kind, detail, value, source, level } of ended)
    changes.push({ kind, detail, before: value, after: undefined, source, level })
  return changes
}
