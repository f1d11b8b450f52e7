import { refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { refused } from '#shared/forms/refused.ts'
import { isSignedIn, may } from '#shared/identity/index.ts'
import { askToJoin } from '../../actions/ask-to-join.ts'
import { withdrawRequest } from '../../actions/withdraw-request.ts'
import { whoWouldDecide } from '../../reads.ts'
import { ownRequest } from '../../reads.server.ts'
import { aboutOrganisation, settle } from '../inside.server.ts'
import { dayOf } from '../moment.ts'
import type { Event } from '../organisation-page.ts'

type JoiningEvent = Event<{ code: string }>

/** The form by which one asks to join, or what became of it. */
export async function load(event: JoiningEvent) {
  const { app, caller, language } = event.locals
  if (!isSignedIn(caller)) refuseLoad(refused('sign-in'), event)
  const organisation = await aboutOrganisation(event)
  const request = await ownRequest(app, caller, organisation.id)
  return {
    organisation,
    deciders: await whoWouldDecide(app, organisation.id),
    member: may(caller, ['member'], { organisation: organisation.id }),
    request: request && { id: request.id, on: dayOf(request.askedAt, language), reason: request.reason }
  }
}

export const actions = {
  ask: async (event: JoiningEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await askToJoin(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'joining', done: 'asked' })
  },

  withdraw: async (event: JoiningEvent) => {
    const { app, caller } = event.locals
    const { code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await withdrawRequest(app, caller, String(form.get('request')))
    return settle(event, form, outcome, { code, page: 'joining', done: 'withdrawn' })
  }
}
