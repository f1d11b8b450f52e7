import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { endGivenRole } from '../actions/end-given-role.ts'
import { giveRole } from '../actions/give-role.ts'
import { rolesGiven } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'
import { dayOf } from './moments.ts'

/** Who is an expert or an administrator here; for administrators. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const given = await rolesGiven(app, caller)
  if (isRefused(given)) return refuseLoad(given, event)
  return {
    given: given.map(({ id, role, person, from }) => ({
      id,
      role,
      name: person.name,
      email: person.email,
      from: dayOf(from, language)
    }))
  }
}

export const actions = {
  give: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await giveRole(app, caller, Object.fromEntries(form))
    if (isRefused(outcome)) return refuse(outcome, event, form)
    redirect(303, `/${language}/people/roles`)
  },
  end: async (event: Event) => {
    const { app, caller, language } = event.locals
    const role = (await event.request.formData()).get('role')
    const outcome = await endGivenRole(app, caller, typeof role === 'string' ? role : '')
    if (isRefused(outcome)) return refuse(outcome, event, new FormData())
    redirect(303, `/${language}/people/roles`)
  }
}
