import { redirect } from '@sveltejs/kit'
import { refuseLoad, spoken } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type TextKey, texts } from '#shared/texts/index.ts'
import { erasePerson, permission } from '../actions/erase-person.ts'
import { dropSession } from '../cookies.server.ts'
import { ownerOf } from '../owner.server.ts'
import { myErasure } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'

/** What would go, what would stay and why, and what stands in the way. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const mine = await myErasure(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  const say = texts(language) as (key: TextKey, args?: object) => string
  return {
    email: mine.email,
    stays: mine.stays.map(({ what, why, args }) => ({ what: say(what, args), why: say(why, args) })),
    hinders: spoken(mine.hinders, language).map(({ message }) => message)
  }
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await erasePerson(app, caller, Object.fromEntries(form))
    if (isRefused(outcome)) return refuse(outcome, event, form)
    dropSession(event)
    redirect(303, `/${language}/people/erased`)
  }
}
