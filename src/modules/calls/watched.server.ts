import type { Database } from '#shared/database/index.ts'
import { type CallFilter, filterFrom } from './filter.ts'
import { findCall } from './store.server.ts'
import { savedQueryOf } from './watch.ts'
import type { Watched } from './watches-store.server.ts'

/** What somebody wants to follow: a call by its code, or a list by its filter. */
export type ToWatch = { call: string } | { list: CallFilter }

/** What is followed, as it is kept; undefined when there is no such public call. */
export async function findWatched(database: Database, asked: ToWatch): Promise<Watched | undefined> {
  if ('list' in asked) return { filter: savedQueryOf(asked.list) }
  const call = await findCall(database, asked.call)
  return call && call.publishedRevision !== null ? { call: call.id } : undefined
}

/** The filter of a list that is followed. */
export function filterOf({ filter }: { filter: string }): CallFilter {
  return filterFrom(new URLSearchParams(filter))
}
