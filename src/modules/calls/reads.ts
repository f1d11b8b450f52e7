import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { CallBody } from './bodies.server.ts'
import { type FacetCounts, type ListedCall, countFacets, find } from './catalogue.ts'
import type { CallFilter } from './filter.ts'
import { couldTakePart, listedCalls } from './listed-calls.server.ts'

export const permissions = {
  listCalls: 'public'
} as const

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

export type CallList = {
  calls: ListedCall[]
  counts: FacetCounts
  bodies: ReadonlyMap<string, CallBody>
  /** The moment of the answer, by the database's clock. */
  now: Temporal.Instant
}

/** The public calls that fit, with counts of what each facet would give. */
export async function listCalls(app: Holding, filter: CallFilter): Promise<CallList> {
  const { calls, bodies, now } = await listedCalls(app)
  const asking = { now, couldTakePart: couldTakePart(app.programmes) }
  return { calls: find(calls, filter, asking), counts: countFacets(calls, filter, asking), bodies, now }
}
