import { redirect } from '@sveltejs/kit'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { askForLink } from '../actions/ask-for-link.ts'
import type { Asked } from '../letters.server.ts'
import { type Event, nextOf, refuse, visitOf } from './answers.server.ts'

/** The two pages that ask for an address and mail a link: to sign up, and to set a new password. */
export function pageThatAsksFor(asked: Asked) {
  return {
    load(event: Event) {
      const { caller, language } = event.locals
      const next = nextOf(event)
      if (asked === 'account' && isSignedIn(caller)) redirect(303, next || `/${language}`)
      return { next }
    },
    actions: {
      default: async (event: Event) => {
        const form = await event.request.formData()
        const { app, language } = event.locals
        const given = { email: form.get('email') ?? undefined }
        const wish = { asked, language, next: nextOf(event) || undefined }
        const outcome = await askForLink(app, visitOf(event), given, wish)
        return isRefused(outcome) ? refuse(outcome, event, form) : { sentTo: outcome.email }
      }
    }
  }
}
