import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { askForAddress, permission } from '../actions/ask-for-address.ts'
import { ownerOf } from '../owner.server.ts'
import { myAccount } from '../reads.ts'
import { type Event, refuse, visitOf } from './answers.server.ts'

export async function load(event: Event) {
  const { app, caller } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const mine = await myAccount(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  return { email: mine.email }
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await askForAddress(app, caller, visitOf(event), Object.fromEntries(form))
    if (isRefused(outcome)) return refuse(outcome, event, form)
    redirect(303, `/${language}/people/account?done=address-asked`)
  }
}
