import { refuseLoad } from '#shared/forms/page-answer.ts'
import { notNow } from '#shared/forms/refused.ts'
import { givenByLink } from '../../consortium/reads.ts'
import type { Event } from '../consortium/consortium-page.ts'
import { keptFile } from '../kept-file.server.ts'

/** The mandate that was given by a mailed link, for whoever brings the receipt. */
export async function givenMandateFile(event: Event<{ secret: string }> & { request: Request }) {
  const { app, caller, language } = event.locals
  const given = await givenByLink(app, caller, event.params.secret, language)
  if (!given?.document) return refuseLoad(notNow('applications-consortium.problem.link-over'), event)
  return keptFile(event, given.document)
}
