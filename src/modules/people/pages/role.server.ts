import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { switchRole } from '../actions/switch-role.ts'
import { safeNext } from '../next.ts'
import type { Event } from './answers.server.ts'

/** Nothing stands here: roles are switched from the head of any page. */
export function load({ locals }: Event): never {
  redirect(303, `/${locals.language}/people/account`)
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const role = form.get('role')
    const outcome = await switchRole(app, caller, typeof role === 'string' ? role : '')
    if (isRefused(outcome)) return refuseLoad(outcome, event)
    redirect(303, safeNext(form.get('next'), `/${language}`))
  }
}
