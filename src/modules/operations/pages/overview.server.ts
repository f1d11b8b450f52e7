import { isRefused } from '#shared/forms/refused.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { deadLetters, mailOutbox } from '../reads.ts'
import type { Event } from './event.server.ts'

/** How things stand, in numbers. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const jobs = await deadLetters(app, caller)
  if (isRefused(jobs)) refuseLoad(jobs, event)
  const outbox = await mailOutbox(app, caller)
  if (isRefused(outbox)) refuseLoad(outbox, event)
  const { counts, trouble, delivery } = outbox
  return {
    jobs: {
      laidAside: jobs.filter(({ state }) => state === 'laid-aside').length,
      triedAgain: jobs.filter(({ state }) => state === 'tried-again').length
    },
    mail: { counts, trouble: trouble !== undefined, delivery }
  }
}
