import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { retryJob } from '../actions/retry-job.ts'
import { deadLetters } from '../reads.ts'
import type { Event } from './event.server.ts'

/** Jobs that fail, with moments as ISO text. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const jobs = await deadLetters(app, caller)
  if (isRefused(jobs)) refuseLoad(jobs, event)
  return {
    retried: event.url.searchParams.has('retried'),
    jobs: jobs.map((job) => ({
      ...job,
      since: job.since.toString(),
      lastTried: job.lastTried.toString(),
      next: job.next?.toString()
    }))
  }
}

export const actions = {
  retry: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await retryJob(app, caller, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/operations/jobs?retried`)
  }
}
