import { redirect } from '@sveltejs/kit'
import { Temporal } from 'temporal-polyfill'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { localMomentOf } from '#shared/time/index.ts'
import { acceptInvitation } from '../../actions/accept-invitation.ts'
import { lookAtInvitation } from '../../reads.ts'
import type { Event } from '../form-event.ts'

/** What a link invites to. Who is not signed in does that first and comes back. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const shown = await lookAtInvitation(app, caller, event.url.searchParams.get('link') ?? '')
  if (isRefused(shown)) return refuseLoad(shown, event)
  const day = (moment: string) => localMomentOf(Temporal.Instant.from(moment)).day
  return {
    invitation: shown && {
      body: { id: shown.body.id, names: shown.body.names },
      head: shown.head,
      insteadOf: shown.insteadOf,
      from: shown.from && day(shown.from),
      until:
        shown.until && localMomentOf(Temporal.Instant.from(shown.until).subtract({ milliseconds: 1 })).day
    },
    name: caller.person === undefined ? '' : caller.name
  }
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const accepted = await acceptInvitation(app, caller, event.url.searchParams.get('link') ?? '')
    if (isRefused(accepted)) return refuseForm(accepted, event, form)
    redirect(303, `/${language}/directory/${accepted.body}?began=1`)
  }
}
