import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../database/index.ts'
import { type Rounds, jobsSchema, mostAttempts, startRounds } from '../jobs/index.ts'
import type { Listener } from './listener.ts'
import './event-tables.ts'

/** Rung after events were dispatched, for servers that follow them (follow.ts). */
export const bell = 'kopa_events'

/** The job that delivers an event to a listener: the same for both however often it is made. */
type Delivery = { event: string; listener: string }

type Options = { database: Database; listeners: readonly Listener<never>[]; log: Logger }

const atOnce = 500
// What a process announces itself it looks for at once; this is for others, and for those that were killed.
const every = 1000

/**
 * Makes jobs of events: some moments after the commit of the act, many at a time. A job cannot be made in the act
 * itself, because whoever waits for jobs must be notified, and notifying serialises commits.
 * Any number of processes may do it side by side.
 */
export function startDispatch({ database, listeners, log }: Options): Rounds {
  const rounds = startRounds({
    name: 'events',
    every,
    log,
    work: async (stopping) => {
      while (!stopping.aborted && (await dispatch(database, listeners)) === atOnce);
    }
  })
  subscribe('kopa:announced', rounds.nudge)
  return {
    nudge: rounds.nudge,
    stop: () => {
      unsubscribe('kopa:announced', rounds.nudge)
      return rounds.stop()
    }
  }
}

/**
 * Turns events that nobody took on yet into deliveries and their jobs, in one transaction.
 * @returns how many events it took
 */
export async function dispatch(database: Database, listeners: readonly Listener<never>[]): Promise<number> {
  const waiting = await database
    .selectFrom('events.event')
    .select('id')
    .where('dispatched_at', 'is', null)
    .limit(1)
    .execute()
  if (waiting.length === 0) return 0
  return database.transaction().execute(async (transaction) => {
    const events = await transaction
      .updateTable('events.event')
      .set({ dispatched_at: sql<string>`clock_timestamp()` })
      .where('id', 'in', (from) =>
        from
          .selectFrom('events.event')
          .select('id')
          .where('dispatched_at', 'is', null)
          .orderBy('id')
          .limit(atOnce)
          .forUpdate()
          .skipLocked()
      )
      .returning(['id', 'name'])
      .execute()
    const deliveries = events.flatMap(({ id, name }) =>
      listeners
        .filter(({ event }) => event === name)
        .map((listener) => ({ event: id, listener: listener.name }))
    )
    if (deliveries.length > 0) {
      await transaction.insertInto('events.delivery').values(deliveries).execute()
      await addJobs(transaction, deliveries)
    }
    if (events.length > 0) await sql`select pg_notify(${bell}, '')`.execute(transaction)
    return events.length
  })
}

/**
 * Makes the jobs of open deliveries that have none: after a restore, which brings deliveries back but no jobs.
 * @returns how many were missing
 */
export async function redispatch(database: Database, listeners: readonly Listener<never>[]): Promise<number> {
  const known = [...new Set(listeners.map(({ name }) => name))]
  if (known.length === 0) return 0
  return database.transaction().execute(async (transaction) => {
    const { rows } = await sql<Delivery>`
      select d.event::text, d.listener from events.delivery d
      where d.handled_at is null and d.listener = any(${known})
        and not exists (
          select from ${sql.raw(jobsSchema)}.jobs j where j.key = 'events/' || d.event || '/' || d.listener
        )
      order by d.event limit 10000
      for update of d skip locked`.execute(transaction)
    if (rows.length > 0) await addJobs(transaction, rows)
    return rows.length
  })
}

async function addJobs(transaction: Database, deliveries: readonly Delivery[]): Promise<void> {
  const specs = deliveries.map(({ event, listener }) => ({
    name: listener,
    payload: { event },
    key: `events/${event}/${listener}`
  }))
  await sql`
    select from ${sql.raw(jobsSchema)}.add_jobs((
      select array_agg((name, payload, null, null, ${mostAttempts}::integer, key, null, null)::${sql.raw(jobsSchema)}.job_spec)
      from json_to_recordset(${JSON.stringify(specs)}::json) as spec (name text, payload json, key text)
    ))`.execute(transaction)
}
