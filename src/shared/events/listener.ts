import type { Temporal } from 'temporal-polyfill'
import type { EventName, EventTypes } from './event-types.ts'

/** What a listener is told beside the facts. */
export type Announced = { id: string; at: Temporal.Instant }

/** Somebody who wants to know of an event. `Holding` is what it needs of the app. */
export type Listener<Holding> = {
  event: EventName
  /** module.verb-noun: under this name its deliveries are kept, so it is never changed. */
  name: string
  hear: (app: Holding, facts: never, announced: Announced) => Promise<void>
}

/**
 * Hears of an event; the entries of `export const listeners` in a module's jobs.ts.
 *
 * `hear` runs some moments after the commit, in a transaction of its own: `app.database` is that transaction, so
 * what it writes there is written once, even if it has to be tried several times; actions that it calls take part.
 * What it does elsewhere may happen more than once. Events may arrive in another order than they were announced.
 * @param name module.verb-noun, of the module that listens
 */
export function listen<Name extends EventName, Holding>(
  event: Name,
  name: string,
  hear: (app: Holding, facts: EventTypes[Name], announced: Announced) => Promise<void>
): Listener<Holding> {
  return { event, name, hear }
}
