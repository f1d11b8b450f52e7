import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import './people-tables.server.ts'

/** How often something may be tried, and how the waits grow. All times are seconds. */
export type Limit = {
  /** So many may follow each other at once. */
  free: number
  /** The wait after them; each further one doubles it. */
  wait: number
  longestWait: number
  /** After so long a quiet all is forgotten. */
  forget: number
}

/** Something that is counted: what it is, and for whom, such as ['sign-in.source', '192.0.2.7']. */
export type Counted = { what: string; of: readonly string[]; limit: Limit }

/**
 * Counts an attempt before it is made, so that several at once are counted, too. The database counts, for all
 * servers. What is refused by an earlier of `counted` is not counted for a later one: somebody who has to wait
 * cannot make others wait.
 * @returns undefined when it may be made; else how long to wait
 */
export async function countAttempt(
  database: Database,
  counted: readonly Counted[]
): Promise<Refused | undefined> {
  for (const one of counted) {
    const wait = await countOne(database, keyOf(one), one.limit)
    if (wait !== undefined) return refused('too-often', { retryAfterSeconds: wait })
  }
  return undefined
}

/** @returns undefined when it was counted; else the seconds to wait */
async function countOne(database: Database, key: Buffer, limit: Limit): Promise<number | undefined> {
  const { free, forget } = limit
  const { rows } = await sql<{ made: number }>`
    insert into people.attempts as a (key, made, last_at) values (${key}, 1, clock_timestamp())
    on conflict (key) do update set
      made = case when a.last_at < clock_timestamp() - make_interval(secs => ${forget}) then 1 else a.made + 1 end,
      last_at = clock_timestamp()
    where a.made < ${free} or a.last_at + ${waitAfter(sql`a.made`, limit)} <= clock_timestamp()
    returning made`.execute(database)
  if (rows.length > 0) return undefined
  const waiting = await sql<{ seconds: number }>`
    select greatest(1, ceil(extract(epoch from a.last_at + ${waitAfter(sql`a.made`, limit)} - clock_timestamp())))::int
      as seconds
    from people.attempts a where a.key = ${key}`.execute(database)
  return waiting.rows[0]?.seconds ?? 1
}

// The wait after the last free attempt, doubled with each further one.
function waitAfter(made: ReturnType<typeof sql>, { free, wait, longestWait }: Limit) {
  return sql`make_interval(secs => least(${longestWait}, ${wait} * 2.0 ^ least(${made} - ${free}, 30)))`
}

/** Takes attempts back that turned out to be right: those of `forgiven` wholly, of `returned` this one only. */
export async function settleAttempts(
  database: Database,
  { forgiven, returned }: { forgiven: readonly Counted[]; returned: readonly Counted[] }
): Promise<void> {
  if (forgiven.length > 0)
    await database.deleteFrom('people.attempts').where('key', 'in', forgiven.map(keyOf)).execute()
  if (returned.length > 0) {
    await database
      .updateTable('people.attempts')
      .set({ made: sql`greatest(0, made - 1)` })
      .where('key', 'in', returned.map(keyOf))
      .execute()
  }
}

/** Lets go of what was counted more than a day ago. */
export async function forgetAttempts(database: Database): Promise<void> {
  await sql`delete from people.attempts where last_at < clock_timestamp() - interval '1 day'`.execute(
    database
  )
}

function keyOf({ what, of }: Counted): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([what, ...of]))
    .digest()
}
