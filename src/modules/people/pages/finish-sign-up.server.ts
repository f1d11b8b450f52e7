import { isRefused } from '#shared/forms/refused.ts'
import { signUp } from '../actions/sign-up.ts'
import { findCeremony } from '../ceremonies.server.ts'
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
  // Whoever signs in there needs no password here.
  return { state, email, provider: provider?.name[language], name: pending?.facts.person.name ?? '' }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const { app, language } = event.locals
    const where = { language, ceremony: ceremonyOf(event) }
    const given = Object.fromEntries(form)
    const outcome = await signUp(app, visitOf(event), secretOf(event), given, where)
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  }
}
