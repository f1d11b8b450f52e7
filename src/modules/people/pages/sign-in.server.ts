import { redirect } from '@sveltejs/kit'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { signIn } from '../actions/sign-in.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { passkey } from './second-factor.server.ts'
import { mishaps } from './with-provider.server.ts'
import { type Event, enter, nextOf, providersFor, refuse, visitOf } from './answers.server.ts'

/** Who is signed in already goes on. */
export function load(event: Event) {
  const { caller, language } = event.locals
  const next = nextOf(event)
  if (isSignedIn(caller)) redirect(303, next || `/${language}`)
  const asked = event.url.searchParams
  return {
    next,
    providers: providersFor(event),
    mishap: mishaps.find((mishap) => mishap === asked.get('mishap')),
    // Came from a provider with the address of an account that is not linked to it.
    toLink: asked.has('link')
  }
}

export const actions = {
  passkey,
  password: async (event: Event) => {
    const form = await event.request.formData()
    const next = nextOf(event) || `/${event.locals.language}`
    const given = { email: form.get('email') ?? undefined, password: form.get('password') ?? undefined }
    const outcome = await signIn(event.locals.app, visitOf(event), given, {
      next,
      ceremony: ceremonyOf(event)
    })
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  }
}
