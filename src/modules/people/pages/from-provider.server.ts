import { redirect } from '@sveltejs/kit'
import { isRefused } from '#shared/forms/refused.ts'
import { askForLink } from '../actions/ask-for-link.ts'
import { signUpFromProvider } from '../actions/sign-up-from-provider.ts'
import { findCeremony } from '../ceremonies.server.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { type Event, enter, refuse, visitOf } from './answers.server.ts'

/** Somebody came from a provider and is new here: their name, and their address if the provider does not vouch for it. */
export async function load(event: Event) {
  const { app, language } = event.locals
  const pending = await findCeremony(app.database, ceremonyOf(event), 'outside-identity')
  if (!pending) redirect(303, `/${language}/sign-in?mishap=too-late`)
  const { provider, person } = pending.facts
  return {
    provider: app.providers.list.find(({ id }) => id === provider)?.name[language] ?? provider,
    name: person.name,
    email: person.email ?? '',
    confirmed: person.email !== undefined && person.emailConfirmed
  }
}

export const actions = {
  finish: async (event: Event) => {
    const form = await event.request.formData()
    const { app, language } = event.locals
    const given = Object.fromEntries(form)
    const outcome = await signUpFromProvider(app, visitOf(event), ceremonyOf(event), given, language)
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  },
  mail: async (event: Event) => {
    const form = await event.request.formData()
    const { app, language } = event.locals
    const pending = await findCeremony(app.database, ceremonyOf(event), 'outside-identity')
    const wish = { asked: 'account', language, next: pending?.facts.next } as const
    const outcome = await askForLink(app, visitOf(event), { email: form.get('email') ?? undefined }, wish)
    return isRefused(outcome) ? refuse(outcome, event, form) : { sentTo: outcome.email }
  }
}
