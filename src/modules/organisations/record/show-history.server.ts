import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type RecordChange, changesOf } from './record-history.server.ts'

/** The changes of a record with the names of those who made them. */
export type HistoryShown = (Omit<RecordChange, 'by'> & { by: string | undefined })[]

export async function historyShown(database: Database, organisation: string): Promise<HistoryShown> {
  const changes = await changesOf(database, organisation)
  const people = await personsOf(
    database,
    changes.flatMap(({ by }) => by ?? [])
  )
  return changes.map((change) => ({ ...change, by: change.by && people.get(change.by)?.name }))
}
