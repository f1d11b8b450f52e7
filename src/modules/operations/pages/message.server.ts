import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { isMailId } from '../outbox.ts'
import { readMail } from '../reads.ts'
import type { Event } from './event.server.ts'
import { withTexts } from './outbox.server.ts'

/** One mail of the outbox. */
export async function load(event: Event & { params: { message: string } }) {
  const { app, caller } = event.locals
  const { message } = event.params
  const mail = isMailId(message) ? await readMail(app, caller, message) : refused('not-found')
  if (isRefused(mail)) refuseLoad(mail, event)
  return { mail: withTexts(mail) }
}
