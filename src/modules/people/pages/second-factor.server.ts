import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { proveSecondFactor } from '../actions/prove-second-factor.ts'
import { signInByPasskey } from '../actions/sign-in-by-passkey.ts'
import { findCeremony } from '../ceremonies.server.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { withNext } from '../next.ts'
import { myAccount } from '../reads.ts'
import { type Event, nextOf, onward, refuse, visitOf } from './answers.server.ts'

/**
 * The second step of signing in; also for who is in and wants to do what needs a second factor. Who has none is led
 * to where it is set up, and back.
 */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const next = nextOf(event)
  if (await findCeremony(app.database, ceremonyOf(event), 'second-factor')) return { next, signedIn: false }
  if (!isSignedIn(caller)) redirect(303, withNext(`/${language}/sign-in`, next))
  if (caller.secondFactor) redirect(303, next || `/${language}`)
  const mine = await myAccount(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  if (!mine.codesAdded && mine.passkeys === 0)
    redirect(303, withNext(`/${language}/people/account/codes`, next))
  return { next, signedIn: true }
}

export const actions = {
  code: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const given = { code: form.get('code') ?? undefined }
    const outcome = await proveSecondFactor(app, caller, visitOf(event), ceremonyOf(event), given)
    return isRefused(outcome) ? refuse(outcome, event, form) : onward(event, outcome)
  },
  passkey
}

/** The answer of a passkey, on each of the pages that ask for one. */
export async function passkey(event: Event) {
  const { app, caller, language } = event.locals
  const form = await event.request.formData()
  const where = {
    origin: event.url.origin,
    ceremony: ceremonyOf(event),
    next: nextOf(event) || `/${language}`
  }
  const outcome = await signInByPasskey(app, caller, visitOf(event), where, form.get('credential'))
  return isRefused(outcome) ? refuse(outcome, event, new FormData()) : onward(event, outcome)
}
