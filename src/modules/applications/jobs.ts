import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Listener, listen } from '#shared/events/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import { forgetAddresses } from './consortium/invitations-store.server.ts'
import { recordsMerged } from './consortium/merged-records.server.ts'
import { warnOfLimits } from './consortium/warn-of-limits.server.ts'

type Holding = { database: Database; programmes: Programmes }

/** Addresses of links that are over are forgotten after so many days. */
const addressDays = 7

/** What is done on a clock. */
export const jobs: Jobs<Holding> = {
  'applications.warn-of-limits': warnOfLimits,
  'applications.forget-addresses': ({ database }) => forgetAddresses(database, addressDays)
}

/** What is done after something happened. */
export const listeners: readonly Listener<Holding>[] = [
  listen('organisations.merged', 'applications.records-merged', (app: Holding, { kept, merged }) =>
    recordsMerged(app.database, [kept, merged])
  ),
  listen('organisations.merge-undone', 'applications.records-parted', (app: Holding, { kept, merged }) =>
    recordsMerged(app.database, [kept, merged])
  )
]
