import { error, redirect } from '@sveltejs/kit'
import { callerOf, personsOf, switchRole } from '#server/people'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { texts } from '#shared/texts/index.ts'
import { acceptInvitation } from '../../actions/accept-invitation.ts'
import { organisationNames, showInvitation } from '../../reads.ts'
import { dayOf, lastDayOf } from '../moment.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'

type InvitationEvent = Event<{ secret: string }> & { setHeaders: (headers: Record<string, string>) => void }

/** What an invitation offers, to whoever holds its link. */
export async function load(event: InvitationEvent) {
  const { app, caller, language } = event.locals
  // The address is the proof: it goes nowhere else.
  event.setHeaders({ 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' })
  const open = await showInvitation(app, event.params.secret)
  if (!open) return { invitation: undefined }
  const name = (await organisationNames(app.database, [open.organisation], language)).get(open.organisation)
  if (!name) error(404, texts(language)('organisations.code.unknown'))
  const people = await personsOf(app.database, [
    open.invitedBy,
    ...(isSignedIn(caller) ? [caller.person] : [])
  ])
  const own = isSignedIn(caller) ? people.get(caller.person)?.email : undefined
  return {
    invitation: {
      organisation: name.name,
      role: open.role,
      by: people.get(open.invitedBy)?.name ?? name.name,
      from: open.from && dayOf(open.from, language),
      until: open.until && lastDayOf(open.until, language),
      email: open.email,
      own,
      sameAddress: own?.toLowerCase() === open.email.toLowerCase(),
      next: encodeURIComponent(event.url.pathname)
    }
  }
}

export const actions = {
  default: async (event: InvitationEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await acceptInvitation(app, caller, event.params.secret)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    await switchRole(app, await callerOf(app.database, event.request.headers), outcome.role)
    const name = (await organisationNames(app.database, [outcome.organisation], language)).get(
      outcome.organisation
    )
    redirect(303, organisationAddress(language, name!.code))
  }
}
