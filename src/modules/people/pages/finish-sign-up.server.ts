import { redirect } from '@sveltejs/kit'
import { isRefused } from '#shared/forms/refused.ts'
import { identityShown, signUp } from '../actions/sign-up.ts'
import { endCeremony, findCeremony } from '../ceremonies.server.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { lookAtLink } from '../reads.ts'
import { type Event, enter, refuse, visitOf } from './answers.server.ts'

const secretOf = ({ url }: Event) => url.searchParams.get('link') ?? ''

/** Opened from a mail: only looks at the link, as a mail scanner would. */
export async function load(event: Event) {
  const { app, language } = event.locals
  const { state, email } = await lookAtLink(app, 'sign-up', secretOf(event))
  const pending = await findCeremony(app.database, ceremonyOf(event), 'outside-identity')
  const provider = pending && app.providers.list.find(({ id }) => id === pending.facts.provider)
  return {
    state,
    email,
    // Whoever signs in there needs no password here.
    outside: pending &&
      provider && {
        identity: identityShown(pending.facts),
        provider: provider.name[language],
        label: pending.facts.person.email ?? pending.facts.person.name
      },
    name: pending?.facts.person.name ?? ''
  }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const { app, language } = event.locals
    if (form.has('not-me')) {
      await endCeremony(app.database, ceremonyOf(event), 'outside-identity')
      redirect(303, event.url.pathname + event.url.search)
    }
    const where = { language, ceremony: ceremonyOf(event) }
    const given = Object.fromEntries(form)
    const outcome = await signUp(app, visitOf(event), secretOf(event), given, where)
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  }
}
