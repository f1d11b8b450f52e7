import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'

/** What a clock shows, and by how much it may be wrong, in milliseconds, one way or the other. */
export type ClockReading = { at: Temporal.Instant; error: number }

/**
 * The database's clock, read without asking the database each time: this process's monotonic clock
 * (`performance.now()`, which no operator sets and no jump of the wall clock moves), put right by measurements.
 */
export type ServerClock = {
  /** What the database's clock showed at a moment of `performance.now()`; left out: now. */
  at: (monotonic?: number) => ClockReading
  /** A question to the database that carried its clock: sent, answered (`performance.now()`), and what it said. */
  note: (sent: number, database: Temporal.Instant, answered: number) => void
  /** Asks the database. */
  measure: () => Promise<void>
  stop: () => void
}

/** One comparison of the two clocks. `error`: half of the time that the question was under way. */
type Comparison = { monotonic: number; database: number; error: number }

// A clock that is being corrected runs at most so much faster or slower (adjtime and NTP: 500 parts in a million).
const drift = 0.0005
// What PostgreSQL writes down is rounded to microseconds.
const grain = 0.001
const most = 16
const every = 2000
const asked = 3

/** Begins to compare; the first comparison is made before it is handed out. */
export async function startServerClock(database: Database): Promise<ServerClock> {
  const comparing = comparisons()
  const measure = async () => {
    // On one connection that is held already: waiting for one is no part of the way.
    await database.connection().execute(async (connection) => {
      for (let time = 0; time < asked; time++) {
        const sent = performance.now()
        const { rows } = await sql<{
          now: Temporal.Instant
        }>`select clock_timestamp() as now`.execute(connection)
        comparing.note(sent, rows[0]!.now, performance.now())
      }
    })
  }
  await measure()
  // While the database is away nothing is decided either; the bound grows until it answers again.
  const timer = setInterval(() => void measure().catch(() => undefined), every)
  timer.unref()
  return { ...comparing, measure, stop: () => clearInterval(timer) }
}

/** The arithmetic of it, without a database. */
export function comparisons(): Pick<ServerClock, 'at' | 'note'> {
  let known: Comparison[] = []
  const errorOf = (one: Comparison, monotonic: number) =>
    one.error + Math.abs(monotonic - one.monotonic) * drift + grain
  const reading = (monotonic: number) => {
    const best = known.reduce((a, b) => (errorOf(b, monotonic) < errorOf(a, monotonic) ? b : a))
    return { at: best.database + (monotonic - best.monotonic), error: errorOf(best, monotonic) }
  }
  const worst = (monotonic: number) =>
    known.reduce((a, b) => (errorOf(b, monotonic) > errorOf(a, monotonic) ? b : a))
  return {
    at: (monotonic = performance.now()) => {
      const { at, error } = reading(monotonic)
      return { at: instantOf(at), error }
    },
    note: (sent, database, answered) => {
      const one = {
        monotonic: (sent + answered) / 2,
        database: Number(database.epochNanoseconds / 1000n) / 1000,
        error: (answered - sent) / 2
      }
      // The database's clock was set, it is another database, or this machine slept: what was known is no more true.
      const before = known.length > 0 ? reading(one.monotonic) : undefined
      const contradicts = before && Math.abs(before.at - one.database) > before.error + one.error
      known = contradicts ? [one] : [...known, one]
      if (known.length > most) known.splice(known.indexOf(worst(answered)), 1)
    }
  }
}

/** @param milliseconds since 1970, exact to the microsecond */
function instantOf(milliseconds: number): Temporal.Instant {
  return new Temporal.Instant(BigInt(Math.round(milliseconds * 1000)) * 1000n)
}
