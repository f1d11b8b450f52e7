import { isRefused } from '#shared/forms/refused.ts'
import { confirmAddress } from '../actions/confirm-address.ts'
import { restoreAddress } from '../actions/restore-address.ts'
import { dropSession } from '../cookies.server.ts'
import { lookAtLink } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'

const secretOf = ({ url }: Event) => url.searchParams.get('link') ?? ''

/** The two pages that mailed links about an address open: a button on each, since looking changes nothing. */
export function pageOfLink(opens: 'new-address' | 'old-address') {
  return {
    async load(event: Event) {
      const { state, email } = await lookAtLink(event.locals.app, opens, secretOf(event))
      return { state, email }
    },
    actions: {
      default: async (event: Event) => {
        const act = opens === 'new-address' ? confirmAddress : restoreAddress
        const outcome = await act(event.locals.app, secretOf(event))
        if (isRefused(outcome)) return refuse(outcome, event, new FormData())
        if (opens === 'old-address') dropSession(event)
        return { holds: outcome.email }
      }
    }
  }
}
