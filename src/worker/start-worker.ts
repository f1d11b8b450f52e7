import { deliver, startDispatch } from '#shared/events/index.ts'
import { type Rounds, runJobs } from '#shared/jobs/index.ts'
import { readMailServer, readSender, startPostman } from '#shared/mail/index.ts'
import type { App } from '../app.ts'
import type { Configuration } from '../configuration.ts'
import { jobs, listeners, rounds } from './mounted-jobs.ts'
import { schedule } from './schedule.ts'

/** What goes on beside requests. */
export type Worker = {
  /** Ends what is under way in order. */
  stop: () => Promise<void>
}

/** Does jobs, sends mail and dispatches events in this process. */
export function startWorker(app: App): Worker {
  const { databaseServer: server, log } = app
  const parts = [
    startDispatching(app),
    postman(app),
    runJobs({ server, log, tasks: tasksOf(app), schedule }),
    ...rounds.map((start) => start(app))
  ]
  return { stop: async () => void (await Promise.all(parts.map((part) => part.stop()))) }
}

/** Only turns events into jobs, for a server that leaves the jobs to others. */
export function startDispatching({ database, log }: App): Rounds {
  return startDispatch({ database, log, listeners })
}

function tasksOf(app: App): Record<string, (payload: unknown) => Promise<void>> {
  const tasks: Record<string, (payload: unknown) => Promise<void>> = {}
  for (const [name, work] of Object.entries(jobs)) tasks[name] = () => work(app)
  for (const listener of listeners) tasks[listener.name] = (payload) => deliver(app, listener, payload)
  return tasks
}

function postman({ configuration, database, demonstration, log }: App): Rounds {
  const server = configuration.smtpUrl && readMailServer(configuration.smtpUrl)
  const sender = configuration.mailFrom && readSender(configuration.mailFrom)
  // A demonstration writes to invented people.
  const route = server && sender && !demonstration ? { server, sender } : undefined
  return startPostman({ database, log, route, site: siteOf(configuration) })
}

/** Where people reach the site, for links in mails. Never learned from a request, which could say anything. */
function siteOf({ origin, host, port }: Configuration): string {
  return origin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
