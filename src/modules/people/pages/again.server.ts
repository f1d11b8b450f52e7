import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { proveAgain } from '../actions/prove-again.ts'
import { keepSession } from '../cookies.server.ts'
import { myAccount } from '../reads.ts'
import { passkey } from './second-factor.server.ts'
import { type Event, nextOf, providersFor, refuse } from './answers.server.ts'

export async function load(event: Event) {
  const mine = await myAccount(event.locals.app, event.locals.caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  return {
    next: nextOf(event),
    email: mine.email,
    hasPassword: mine.passwordSet !== null,
    providers: mine.providers > 0 ? providersFor(event) : []
  }
}

export const actions = {
  passkey,
  password: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await proveAgain(app, caller, { password: form.get('password') ?? undefined })
    if (isRefused(outcome)) return refuse(outcome, event, form)
    keepSession(event, outcome.secret)
    redirect(303, nextOf(event) || `/${language}/people/account`)
  }
}
