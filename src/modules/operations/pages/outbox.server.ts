import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { retryMail } from '../actions/retry-mail.ts'
import { isMailId, stateNamed } from '../outbox.ts'
import { type ShownMail, mailOutbox } from '../reads.ts'
import type { Event } from './event.server.ts'

/** The outgoing mail, with moments as ISO text. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const { searchParams } = event.url
  const state = stateNamed(searchParams.get('state'))
  const after = searchParams.get('older-than')
  const outbox = await mailOutbox(app, caller, { state, olderThan: isMailId(after) ? after : undefined })
  if (isRefused(outbox)) refuseLoad(outbox, event)
  const { delivery, counts, trouble, mails, olderThan } = outbox
  const sent = Number(searchParams.get('sent'))
  return {
    delivery,
    counts,
    trouble: trouble && { ...trouble, since: trouble.since.toString() },
    mails: mails.map(withTexts),
    olderThan,
    state,
    again: Number.isInteger(sent) && sent > 0 ? sent : undefined
  }
}

/** Moments as ISO text, for pages. */
export function withTexts<Mail extends ShownMail>(mail: Mail) {
  return {
    ...mail,
    queuedAt: mail.queuedAt.toString(),
    nextAttempt: mail.nextAttempt?.toString(),
    endedAt: mail.endedAt?.toString()
  }
}

export const actions = {
  send: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await retryMail(app, caller, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/operations/mail?sent=${outcome.mails}`)
  }
}
