import type { Database } from '#shared/database/index.ts'
import type { Translated } from './call.ts'
import { type Watch, watchesOfPerson, watchOfKey } from './watches-store.server.ts'

/** What somebody follows, as it is shown to them: a call with its title, or the query of a list. */
export type WatchShown = {
  key: string
  confirmed: boolean
  code?: string
  title?: Translated
  filter?: string
}

/** What the key of a mail stands for; undefined when it was stopped. */
export async function shownWatchOf(database: Database, key: string): Promise<WatchShown | undefined> {
  const watch = await watchOfKey(database, key)
  return watch && (await shown(database, [watch]))[0]
}

/** What somebody with an account follows. */
export async function shownWatchesOf(database: Database, person: string): Promise<WatchShown[]> {
  return shown(database, await watchesOfPerson(database, person))
}

async function shown(database: Database, watches: readonly Watch[]): Promise<WatchShown[]> {
  const ids = watches.flatMap((watch) => ('call' in watch ? [watch.call] : []))
  const rows =
    ids.length === 0
      ? []
      : await database
          .selectFrom('calls.call')
          .select(['id', 'code', 'card'])
          .where('id', 'in', ids)
          .execute()
  const calls = new Map(rows.map((row) => [row.id, row]))
  return watches.map((watch) => {
    const common = { key: watch.key, confirmed: watch.confirmedAt !== null }
    if ('filter' in watch) return { ...common, filter: watch.filter }
    const call = calls.get(watch.call)
    return { ...common, ...(call && { code: call.code, title: call.card?.title ?? {} }) }
  })
}
