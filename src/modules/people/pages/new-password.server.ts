import { isRefused } from '#shared/forms/refused.ts'
import { setPassword } from '../actions/set-password.ts'
import { lookAtAddedLately, lookAtLink } from '../reads.ts'
import { type Event, enter, refuse, visitOf } from './answers.server.ts'

const secretOf = ({ url }: Event) => url.searchParams.get('link') ?? ''

/** Opened from a mail: only looks at the link. */
export async function load(event: Event) {
  const { state, email } = await lookAtLink(event.locals.app, 'password', secretOf(event))
  return { state, email, addedLately: await lookAtAddedLately(event.locals.app, secretOf(event)) }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const given = { password: form.get('password') ?? undefined, keep: form.get('keep') }
    const outcome = await setPassword(event.locals.app, visitOf(event), secretOf(event), given)
    return isRefused(outcome) ? refuse(outcome, event, form) : enter(event, outcome)
  }
}
