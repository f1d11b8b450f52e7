import * as applications from '#mount/applications/jobs.ts'
import * as calls from '#mount/calls/jobs.ts'
import * as directory from '#mount/directory/jobs.ts'
import * as people from '#mount/people/jobs.ts'
import { type Listener, forgetEvents } from '#shared/events/index.ts'
import { removeUnusedFiles, scanWaitingFiles } from '#shared/files/index.ts'
import { type Jobs, type StartRounds, forgetLaidAside } from '#shared/jobs/index.ts'
import { eraseOldMail } from '#shared/mail/index.ts'
import type { App } from '../app.ts'

/** What a module's jobs.ts exports. */
type Mounted = {
  jobs?: Jobs<App>
  listeners?: readonly Listener<App>[]
  rounds?: readonly StartRounds<App>[]
}

const ofShared: Mounted = {
  jobs: {
    'events.forget-old': ({ database }) => forgetEvents(database),
    'jobs.forget-laid-aside': ({ database }) => forgetLaidAside(database),
    'mail.erase-old': ({ database }) => eraseOldMail(database),
    'files.scan-waiting': async (app) => void (await scanWaitingFiles(app)),
    'files.remove-unused': async (app) => void (await removeUnusedFiles(app))
  }
}

/** Every module that does something later: import * as calls from '#mount/calls/jobs.ts'. */
const mounted: readonly Mounted[] = [ofShared, people, directory, calls, applications]

/** What is done on a clock (schedule.ts says when). */
export const jobs: Jobs<App> = Object.assign({}, ...mounted.map((module) => module.jobs ?? {}))

/** Who hears of events. */
export const listeners: readonly Listener<App>[] = mounted.flatMap((module) => module.listeners ?? [])

/** What modules look for again and again. */
export const rounds: readonly StartRounds<App>[] = mounted.flatMap((module) => module.rounds ?? [])
