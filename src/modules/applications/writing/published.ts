import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { KeptDelta } from './merge.ts'

/** A version that was kept, as those who have the application open hear of it. */
export type Change = {
  application: string
  path: string
  version: number
  delta: KeptDelta | null
  value: JsonValue
  by: string
}

type Hearer = (change: Change) => void

// The site's bundle holds a second copy of this module: what both must share is kept on the database.
const place = Symbol.for('kopa.applications.changes')
type Holding = { [place]?: Set<Hearer> }

const hearersOf = (database: Database) => ((database as Holding)[place] ??= new Set())

/** Tells those who listen in this process at once. */
export function publish(database: Database, change: Change): void {
  for (const hear of hearersOf(database)) hear(change)
}

/** Listens to what this process keeps. @returns what ends it */
export function listenToChanges(database: Database, hear: Hearer): () => void {
  const hearers = hearersOf(database)
  hearers.add(hear)
  return () => hearers.delete(hear)
}
