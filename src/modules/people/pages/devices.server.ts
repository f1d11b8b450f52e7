import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { endOtherSessions, endSession } from '../actions/end-sessions.ts'
import { mySessions } from '../reads.ts'
import { type Event, visitOf } from './answers.server.ts'
import { dayOf } from './moments.ts'

export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const sessions = await mySessions(app, caller)
  if (isRefused(sessions)) return refuseLoad(sessions, event)
  return {
    sessions: sessions.map(({ id, device, here, opened, lastSeen }) => ({
      id,
      device,
      here,
      opened: dayOf(opened, language),
      lastSeen: dayOf(lastSeen, language)
    }))
  }
}

export const actions = {
  one: async (event: Event) => {
    const form = await event.request.formData()
    const session = form.get('session')
    const { app, caller } = event.locals
    const outcome = await endSession(app, caller, typeof session === 'string' ? session : '')
    return leave(event, outcome)
  },
  others: async (event: Event) =>
    leave(event, await endOtherSessions(event.locals.app, event.locals.caller, visitOf(event)))
}

function leave(event: Event, outcome: Awaited<ReturnType<typeof endSession>>): never {
  // One that somebody else ended meanwhile is as they wished it to be.
  if (isRefused(outcome) && outcome.refused !== 'not-found') return refuseLoad(outcome, event)
  redirect(303, `/${event.locals.language}/people/account/devices`)
}
