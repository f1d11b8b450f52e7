import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import { type Listener, announce, listen } from '#shared/events/index.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import type { Jobs, StartRounds } from '#shared/jobs/index.ts'
import { carryDraftsOver } from './form/carry-drafts-over.server.ts'
import { tellWritersOfCorrigendum } from './form/tell-of-corrigendum.server.ts'
import { forgetOldProofs } from './consortium/connection-store.server.ts'
import { forgetAddresses } from './consortium/invitations-store.server.ts'
import { recordsMerged } from './consortium/merged-records.server.ts'
import { warnOfLimits } from './consortium/warn-of-limits.server.ts'
import { keepPapers } from './submission/keep-papers.server.ts'
import { startReceipts } from './submission/send-receipts.server.ts'
import { tellOfChange } from './submission/tell.server.ts'
import { forgetAbsent } from './writing/presence.server.ts'
import './form/events.ts'
import './submission/events.ts'

type Holding = HoldingFiles & { programmes: Programmes; clock: () => Temporal.Instant }

/** Addresses of links that are over are forgotten after so many days. */
const addressDays = 7

/** What is done on a clock. */
export const jobs: Jobs<Holding> = {
  // Also what an event missed: a draft that was begun while a corrigendum was published.
  'applications.carry-drafts-over': async (app) => void (await carryDraftsOver(app)),
  'applications.warn-of-limits': warnOfLimits,
  'applications.forget-addresses': async ({ database }) => {
    await forgetAddresses(database, addressDays)
    await forgetOldProofs(database)
  },
  'applications.keep-papers': keepPapers,
  'applications.forget-absent': ({ database }) => forgetAbsent(database)
}

/** What is done after something happened. */
export const listeners: readonly Listener<Holding>[] = [
  listen('organisations.merged', 'applications.records-merged', (app: Holding, { kept, merged }) =>
    recordsMerged(app.database, [kept, merged])
  ),
  listen('organisations.merge-undone', 'applications.records-parted', (app: Holding, { kept, merged }) =>
    recordsMerged(app.database, [kept, merged])
  ),
  listen(
    'calls.corrected',
    'applications.follow-corrigendum',
    async (app: Holding, { call, code, number }) => {
      await carryDraftsOver(app, code)
      await announce(app.database, 'applications.corrigendum-followed', { call, code, number })
    }
  ),
  listen('applications.corrigendum-followed', 'applications.tell-of-corrigendum', tellWritersOfCorrigendum),
  // What was handed in stays as it was; who goes on writing does so by what holds now.
  listen('applications.taken-back', 'applications.follow-when-taken-back', async (app: Holding, { call }) => {
    await carryDraftsOver(app, call)
  }),
  listen('applications.withdrawn', 'applications.tell-of-withdrawal', (app: Holding, facts) =>
    tellOfChange(app, facts, 'withdrawn')
  ),
  listen('applications.taken-back', 'applications.tell-of-taking-back', (app: Holding, facts) =>
    tellOfChange(app, facts, 'taken-back')
  )
]

/** What is looked for again and again while a worker runs. */
export const rounds: readonly StartRounds<Holding & { log: Logger }>[] = [startReceipts]
