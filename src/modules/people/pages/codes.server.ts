import { fail, redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { addCodes, permission } from '../actions/add-codes.ts'
import { removeCodes } from '../actions/remove-codes.ts'
import { renewRecoveryCodes } from '../actions/renew-recovery-codes.ts'
import { codesOf, newCodes, secretOf } from '../one-time-codes.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { myAccount } from '../reads.ts'
import { type Event, keepStrengthened, nextOf, refuse } from './answers.server.ts'
import { dayOf } from './moments.ts'

export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const mine = await myAccount(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  const mailFirst = (await refusalBeforeMail(app.database, owner)) !== undefined
  const added = mine.codesAdded && dayOf(mine.codesAdded, language)
  return {
    added,
    left: mine.recoveryCodesLeft,
    mailFirst,
    offer: added || mailFirst ? undefined : newCodes(mine.email),
    next: nextOf(event)
  }
}

export const actions = {
  add: async (event: Event) => {
    const { app, caller } = event.locals
    const form = await event.request.formData()
    const outcome = await addCodes(app, caller, Object.fromEntries(form))
    if (!isRefused(outcome)) {
      keepStrengthened(event, outcome.secret)
      return { recoveryCodes: outcome.recoveryCodes }
    }
    // The same secret again, so that nobody has to scan a second picture for a mistyped code.
    const key = String(form.get('key') ?? '')
    const mine = secretOf(key) && (await myAccount(app, caller))
    const offer = mine && !isRefused(mine) ? codesOf(key, mine.email) : undefined
    const failure = refuse(outcome, event, form)
    return fail(failure.status, { ...failure.data, offer })
  },
  recovery: async (event: Event) => {
    const outcome = await renewRecoveryCodes(event.locals.app, event.locals.caller)
    if (isRefused(outcome)) return refuse(outcome, event, new FormData())
    return { recoveryCodes: outcome.recoveryCodes }
  },
  remove: async (event: Event) => {
    const { app, caller, language } = event.locals
    const outcome = await removeCodes(app, caller)
    if (isRefused(outcome)) return refuse(outcome, event, new FormData())
    redirect(303, `/${language}/people/account?done=codes-removed`)
  }
}
