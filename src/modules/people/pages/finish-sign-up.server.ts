import { isRefused } from '#shared/forms/refused.ts'
import { signUp } from '../actions/sign-up.ts'
import { lookAtLink } from '../reads.ts'
import { type Event, enter, refuse, visitOf } from './answers.server.ts'

const secretOf = ({ url }: Event) => url.searchParams.get('link') ?? ''

/** Opened from a mail: only looks at the link, as a mail scanner would. */
export async function load(event: Event) {
  const { state, email } = await lookAtLink(event.locals.app, 'sign-up', secretOf(event))
  return { state, email }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const { app, language } = event.locals
    const outcome = await signUp(app, visitOf(event), secretOf(event), Object.fromEntries(form), language)
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  }
}
