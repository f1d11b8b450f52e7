import type { Database } from '#shared/database/index.ts'
import type { Body, Unit } from './body.ts'
import type { MandateOnRecord } from './mandate.ts'
import { bodiesOnRecord, mandatesOnRecord, unitsOnRecord } from './store.server.ts'

/** What is on record of bodies, as much as answering needs. */
export type OnRecord = {
  bodies: readonly Body[]
  units: readonly Unit[]
  mandates: readonly MandateOnRecord[]
}

// Every page of an action asks. What another server changed is seen this much later, in milliseconds.
const freshFor = 5000 // not of a guide: milliseconds

type Kept = { since: number; read: Promise<OnRecord> }

// The site's bundle holds a second copy of this module: both share what was read, and forget it together.
const place = Symbol.for('kopa.directory.on-record')
type Holding = { [place]?: WeakMap<Database, Kept> }
const kept = ((globalThis as Holding)[place] ??= new WeakMap())

/** All bodies, units and mandates, read a moment ago at most. */
export function onRecord(database: Database): Promise<OnRecord> {
  const now = performance.now()
  const before = kept.get(database)
  if (before && now - before.since < freshFor) return before.read
  const read = readAll(database)
  kept.set(database, { since: now, read })
  // An accident is not kept.
  read.catch(() => kept.delete(database))
  return read
}

/** To be called once a change is committed: the next who ask read anew. */
export function forgetOnRecord(database: Database): void {
  kept.delete(database)
}

async function readAll(database: Database): Promise<OnRecord> {
  const [bodies, units, mandates] = await Promise.all([
    bodiesOnRecord(database),
    unitsOnRecord(database),
    mandatesOnRecord(database)
  ])
  return { bodies, units, mandates }
}
