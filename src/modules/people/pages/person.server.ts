import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { changePerson } from '../actions/change-person.ts'
import { myAccount } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'

export async function load(event: Event) {
  const mine = await myAccount(event.locals.app, event.locals.caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  return { mine: { name: mine.name, language: mine.language as string } }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const outcome = await changePerson(event.locals.app, event.locals.caller, Object.fromEntries(form))
    if (isRefused(outcome)) return refuse(outcome, event, form)
    redirect(303, `/${event.locals.language}/people/account?done=person`)
  }
}
