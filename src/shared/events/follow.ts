import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import type { Database, DatabaseServer } from '../database/index.ts'
import { type Rounds, startRounds } from '../jobs/index.ts'
import { bell } from './dispatch.ts'
import type { EventName, EventTypes } from './event-types.ts'

/** An event as a server reads it. */
export type ReadEvent = { id: string; name: EventName; facts: unknown; at: Temporal.Instant }

/** How far a reader has come: everything up to and including this event. Numbers as text. */
export type Position = { transaction: string; id: string }

/** What each server process hears for itself: to bring forward what it holds in memory. */
export type Following = {
  /**
   * Hears of an event from now on, in this process, in the order of the transactions. Nothing is missed while the
   * process lives; whoever fills a cache follows first and reads then. What `hear` throws is logged.
   * @returns once nothing that commits from now on can be missed; what it returns ends it
   */
  follow: <Name extends EventName>(
    name: Name,
    hear: (facts: EventTypes[Name], event: ReadEvent) => void | Promise<void>
  ) => Promise<() => void>
  stop: () => Promise<void>
}

const atOnce = 1000
const every = 1000

/** Where the next reader begins: whatever commits from now on is behind it. */
export async function positionNow(database: Kysely<any>): Promise<Position> {
  const { rows } = await sql<Position>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction, '0' as id`.execute(database)
  return rows[0]!
}

/**
 * Reads what was announced after a position, in the order of (transaction, number), but only below the oldest
 * transaction that still runs. Below it everything has been decided, and nothing can appear any more: a number
 * alone would skip an event whose transaction committed after one with a higher number.
 */
export async function readEvents(
  database: Database,
  after: Position,
  most = atOnce
): Promise<{ events: ReadEvent[]; position: Position }> {
  const { rows } = await sql<ReadEvent & { transaction: string }>`
    select e.id::text, e.transaction::text, e.name, e.facts, e.announced_at as at from events.event e
    where (e.transaction, e.id) > (${after.transaction}::xid8, ${after.id}::bigint)
      and e.transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by e.transaction, e.id limit ${most}`.execute(database)
  const last = rows.at(-1)
  const position = last ? { transaction: last.transaction, id: last.id } : after
  return { events: rows.map(({ transaction: _, ...event }) => event), position }
}

type Options = { database: Database; server: DatabaseServer; log: Logger }

/** Reads events for this process. Costs nothing until somebody follows. */
export function startFollowing({ database, server, log }: Options): Following {
  const followers = new Set<{
    name: EventName
    hear: (facts: never, event: ReadEvent) => void | Promise<void>
  }>()
  let begun: Promise<void> | undefined
  let position: Position
  let rounds: Rounds | undefined
  let bellRope: { stop: () => Promise<void> } | undefined

  async function round(stopping: AbortSignal): Promise<void> {
    for (let more = true; more && !stopping.aborted;) {
      const read = await readEvents(database, position)
      for (const event of read.events) await tell(event)
      position = read.position
      more = read.events.length === atOnce
    }
  }

  async function tell(event: ReadEvent): Promise<void> {
    for (const { name, hear } of followers) {
      if (name !== event.name) continue
      try {
        await hear(event.facts as never, event)
      } catch (error) {
        log.error({ event: event.name, err: error }, 'a follower could not take an event')
      }
    }
  }

  async function begin(): Promise<void> {
    position = await positionNow(database)
    rounds = startRounds({
      name: 'followed events',
      every,
      log,
      work: round
    })
    bellRope = hearBell({ server, log, rung: rounds.nudge })
  }

  return {
    follow: async (name, hear) => {
      const follower = { name, hear }
      followers.add(follower)
      await (begun ??= begin())
      return () => followers.delete(follower)
    },
    stop: async () => {
      await bellRope?.stop()
      await rounds?.stop()
    }
  }
}

/** Listens on a connection of its own; one that breaks is made anew. */
function hearBell({ server, log, rung }: { server: DatabaseServer; log: Logger; rung: () => void }) {
  let client: pg.Client | undefined
  const rounds = startRounds({
    name: 'bell of events',
    every: 5000,
    log,
    work: async () => {
      if (client) return
      const fresh = new pg.Client({ ...server, application_name: 'kopa-server', keepAlive: true })
      const lost = () => {
        if (client === fresh) client = undefined
      }
      fresh.on('error', lost)
      fresh.on('end', lost)
      fresh.on('notification', rung)
      await fresh.connect()
      await fresh.query(`listen ${bell}`)
      client = fresh
    }
  })
  return {
    stop: async () => {
      await rounds.stop()
      await client?.end()
    }
  }
}
