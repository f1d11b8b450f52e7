import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, connect } from '#shared/database/index.ts'
import { lockOutline } from '../../src/modules/applications/outline.server.ts'
import type { Consortium } from './applications-under-way.ts'

/**
 * Nine applications like the one there is, made in the opposite order of their ids.
 * @returns the ids of all ten, in their order
 */
export async function manyAlike({ database, application, call }: Consortium): Promise<string[]> {
  const ids = Array.from({ length: 9 }, (_, at) => `0000000${at + 1}-0000-4000-8000-000000000000`)
  for (const [at, id] of ids.entries().toArray().toReversed()) {
    const own = JSON.stringify({ id, code: `${call}-aaaa${'abcdefghj'[at]}`, form: null })
    await sql`
      insert into applications.application
      select (jsonb_populate_record(a, ${own}::jsonb)).* from applications.application a
      where id = ${application.id}`.execute(database)
    await sql`
      insert into applications.participant
      select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'application', ${id}::text))).*
      from applications.participant p where application = ${application.id}`.execute(database)
  }
  return [...ids, application.id].toSorted()
}

/**
 * Does something to applications while somebody else holds the first of them and then, when it waits, takes the others
 * in the order of their ids, as handing in does.
 */
export async function whileOthersTake(
  { address }: Pick<Consortium, 'address'>,
  [first, ...others]: string[],
  work: () => Promise<unknown>
): Promise<void> {
  const other = connect({ connectionString: address }, 'kopa-test')
  try {
    let working: Promise<unknown> | undefined
    const taking = other.transaction().execute(async (transaction) => {
      await lockOutline(transaction, first!)
      working = work()
      await somebodyWaits(other)
      for (const id of others) await lockOutline(transaction, id)
    })
    const [taken] = await Promise.allSettled([taking])
    await working
    if (taken.status === 'rejected') throw taken.reason
  } finally {
    await other.destroy()
  }
}

/** Comes back when somebody waits for what another holds, in this database. */
export async function somebodyWaits(database: Database): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database)
    if (rows.length > 0) return
    await setTimeout(20)
  }
  throw new Error('Nobody waits.')
}
