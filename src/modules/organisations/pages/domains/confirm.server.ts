import { refuseForm } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { confirmDomainMail } from '../../actions/confirm-domain-mail.ts'
import { organisationNames, showDomainMail } from '../../reads.ts'
import type { Event } from '../organisation-page.ts'

type ConfirmEvent = Event<{ secret: string }> & { setHeaders: (headers: Record<string, string>) => void }

/** What the link of a mail to a domain asks. */
export async function load(event: ConfirmEvent) {
  const { app, language } = event.locals
  event.setHeaders({ 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' })
  const proof = await showDomainMail(app, event.params.secret)
  const known =
    proof && (await organisationNames(app.database, [proof.organisation], language)).get(proof.organisation)
  return { asked: proof && known ? { domain: proof.domain, name: known.name, code: known.code } : undefined }
}

export const actions = {
  default: async (event: ConfirmEvent) => {
    const { app, language } = event.locals
    const form = await event.request.formData()
    const outcome = await confirmDomainMail(app, event.params.secret)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    const known = (await organisationNames(app.database, [outcome.organisation], language)).get(
      outcome.organisation
    )
    return { confirmed: { domain: outcome.domain, name: known?.name ?? '' } }
  }
}
