import { type Selectable, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { WatchTable } from './calls-tables.server.ts'

/** What somebody follows: one call, or every call that fits a query of the list. */
export type Watched = { call: string } | { filter: string }

/** Who follows: somebody with an account, or an address. */
export type Watcher = { person: string } | { email: string; language: string }

/** That somebody follows something. */
export type Watch = Watched & {
  id: string
  /** In the links of mails: whoever has it may confirm and stop. */
  key: string
  watcher: Watcher
  askedAt: Temporal.Instant
  confirmedAt: Temporal.Instant | null
}

/** Somebody with an account follows from now on. Following twice is following. */
export async function insertWatchOfPerson(
  transaction: Database,
  person: string,
  language: string,
  watched: Watched
): Promise<void> {
  await transaction
    .insertInto('calls.watch')
    .values({ person, language, ...columnsOf(watched), confirmed_at: sql`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** An address asks to follow. @returns the watch, new or old; one that was not confirmed counts as asked for now */
export async function askWatch(
  transaction: Database,
  email: string,
  language: string,
  watched: Watched
): Promise<{ watch: Watch; askedBefore: Temporal.Instant | undefined }> {
  await transaction
    .insertInto('calls.watch')
    .values({ email, language, ...columnsOf(watched) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await watchesOf(transaction)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('call', 'is not distinct from', 'call' in watched ? watched.call : null)
    .where('filter', 'is not distinct from', 'filter' in watched ? watched.filter : null)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { watch: toWatch(row), askedBefore: row.told_at ?? undefined }
}

/** Notes that a mail with the link to confirm was written. */
export async function noteAsked(transaction: Database, id: string): Promise<void> {
  await transaction
    .updateTable('calls.watch')
    .set({ told_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/** How many links to confirm went to an address within a day. */
export async function recentlyAsked(database: Database, email: string): Promise<number> {
  const { count } = await database
    .selectFrom('calls.watch')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('confirmed_at', 'is', null)
    .where(sql<boolean>`told_at > clock_timestamp() - interval '1 day'`)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A watch by the key of its links. */
export async function watchOfKey(database: Database, key: string): Promise<Watch | undefined> {
  const row = await watchesOf(database).where('key', '=', key).executeTakeFirst()
  return row && toWatch(row)
}

/** Confirms a watch; confirming twice changes nothing. */
export async function confirmWatchOf(transaction: Database, key: string): Promise<void> {
  await transaction
    .updateTable('calls.watch')
    .set({ confirmed_at: sql`coalesce(confirmed_at, clock_timestamp())` })
    .where('key', '=', key)
    .execute()
}

/** Ends a watch. Nothing of it is kept. */
export async function deleteWatch(transaction: Database, key: string): Promise<void> {
  await transaction.deleteFrom('calls.watch').where('key', '=', key).execute()
}

/** What somebody with an account follows. */
export async function watchesOfPerson(database: Database, person: string): Promise<Watch[]> {
  const rows = await watchesOf(database).where('person', '=', person).orderBy('asked_at').execute()
  return rows.map(toWatch)
}

/** Confirmed watches of a call, and all confirmed watches of lists. */
export async function confirmedWatches(database: Database, of: { call: string } | 'lists'): Promise<Watch[]> {
  const query = watchesOf(database).where('confirmed_at', 'is not', null).orderBy('asked_at')
  const rows = await (
    of === 'lists' ? query.where('filter', 'is not', null) : query.where('call', '=', of.call)
  ).execute()
  return rows.map(toWatch)
}

/** Forgets addresses that never confirmed. */
export async function forgetUnconfirmed(database: Database, days: number): Promise<void> {
  await database
    .deleteFrom('calls.watch')
    .where('confirmed_at', 'is', null)
    .where(sql<boolean>`asked_at < clock_timestamp() - make_interval(days => ${sql.lit(days)})`)
    .execute()
}

/** Notes that somebody was reminded. @returns false when they had been already */
export async function noteReminder(
  transaction: Database,
  reminder: { watch: string; call: string; days: number; closesAt: Temporal.Instant }
): Promise<boolean> {
  const { watch, call, days, closesAt } = reminder
  const inserted = await transaction
    .insertInto('calls.reminder')
    .values({ watch, call, days, closes_at: closesAt.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

function watchesOf(database: Database) {
  return database.selectFrom('calls.watch').selectAll()
}

function columnsOf(watched: Watched): { call: string | null; filter: string | null } {
  return 'call' in watched ? { call: watched.call, filter: null } : { call: null, filter: watched.filter }
}

function toWatch(row: Selectable<WatchTable>): Watch {
  return {
    id: row.id,
    key: row.key,
    watcher: row.person === null ? { email: row.email!, language: row.language } : { person: row.person },
    askedAt: row.asked_at,
    confirmedAt: row.confirmed_at,
    ...(row.call === null ? { filter: row.filter! } : { call: row.call })
  }
}
