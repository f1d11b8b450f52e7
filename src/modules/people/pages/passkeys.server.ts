import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { addPasskey, permission } from '../actions/add-passkey.ts'
import { removePasskey } from '../actions/remove-passkey.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { myPasskeys } from '../reads.ts'
import { type Event, keepStrengthened, refuse, visitOf } from './answers.server.ts'
import { dayOf } from './moments.ts'

export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const passkeys = await myPasskeys(app, caller)
  if (isRefused(passkeys)) return refuseLoad(passkeys, event)
  return {
    mailFirst: (await refusalBeforeMail(app.database, owner)) !== undefined,
    // What a person would call it, most likely.
    suggested: visitOf(event).device,
    passkeys: passkeys.map(({ id, name, added, lastUsed }) => ({
      id,
      name,
      added: dayOf(added, language),
      lastUsed: lastUsed && dayOf(lastUsed, language)
    }))
  }
}

export const actions = {
  add: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const where = { origin: event.url.origin, ceremony: ceremonyOf(event) }
    const given = { name: form.get('name') ?? undefined, credential: form.get('credential') }
    const outcome = await addPasskey(app, caller, where, given)
    form.delete('credential')
    if (isRefused(outcome)) return refuse(outcome, event, form)
    keepStrengthened(event, outcome.secret)
    if (outcome.recoveryCodes.length > 0) return { recoveryCodes: outcome.recoveryCodes }
    redirect(303, `/${language}/people/account/passkeys`)
  },
  remove: async (event: Event) => {
    const { app, caller, language } = event.locals
    const passkey = (await event.request.formData()).get('passkey')
    const outcome = await removePasskey(app, caller, typeof passkey === 'string' ? passkey : '')
    if (isRefused(outcome) && outcome.refused !== 'not-found') return refuseLoad(outcome, event)
    redirect(303, `/${language}/people/account/passkeys`)
  }
}
