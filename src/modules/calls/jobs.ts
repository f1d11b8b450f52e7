import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Listener, listen } from '#shared/events/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import type { ToldAsWriters } from './correct.ts'
import { remind, tellOfCall, tellOfCorrigendum } from './tell.server.ts'
import { forgetUnconfirmed } from './watches-store.server.ts'
import './events.ts'

type Holding = {
  database: Database
  programmes: Programmes
  clock: () => Temporal.Instant
  toldAsWriters: ToldAsWriters
}

/** An address that was not confirmed for so many days is forgotten. */
const unconfirmedDays = 7

/** What is done on a clock. Nothing here opens or closes a call: that follows from the database's clock alone. */
export const jobs: Jobs<Holding> = {
  'calls.remind': remind,
  'calls.forget-unconfirmed': ({ database }) => forgetUnconfirmed(database, unconfirmedDays)
}

/** What is done after something happened. */
export const listeners: readonly Listener<Holding>[] = [
  listen('calls.published', 'calls.tell-of-call', (app: Holding, { call }) => tellOfCall(app, call)),
  listen('calls.corrected', 'calls.tell-of-corrigendum', (app: Holding, { call, number }) =>
    tellOfCorrigendum(app, call, number)
  )
]
