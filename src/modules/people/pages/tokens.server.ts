import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { texts } from '#shared/texts/index.ts'
import { redirect } from '@sveltejs/kit'
import { makeToken, permission } from '../actions/make-token.ts'
import { revokeToken } from '../actions/revoke-token.ts'
import { ownerOf } from '../owner.server.ts'
import { myTokens } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'
import { dayOf } from './moments.ts'

/** The lengths that are offered, in days. */
const offeredDays = [7, 30, 90, 365]

export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const tokens = await myTokens(app, caller)
  if (isRefused(tokens)) return refuseLoad(tokens, event)
  const t = texts(language)
  const roleName = (id: string | null) => {
    const role = isSignedIn(caller) && caller.roles.find((held) => held.id === id)
    return role ? t(`site.role.${role.role}`) : t('site.account.myself')
  }
  return {
    modules: [...new Set(app.scopes.map((scope) => scope.split(':')[0]!))],
    days: offeredDays,
    roles: owner.caller.roles.map(({ id }) => ({ value: id, label: roleName(id) })),
    tokens: tokens.map(({ id, name, scopes, role, expires, lastUsed }) => ({
      id,
      name,
      scopes: scopes.join(', '),
      role: roleName(role),
      expires: dayOf(expires, language),
      lastUsed: lastUsed && dayOf(lastUsed, language)
    }))
  }
}

export const actions = {
  make: async (event: Event) => {
    const form = await event.request.formData()
    const outcome = await makeToken(event.locals.app, event.locals.caller, typedIn(form))
    return isRefused(outcome) ? refuse(outcome, event, form) : { made: outcome.token }
  },
  revoke: async (event: Event) => {
    const { app, caller, language } = event.locals
    const token = (await event.request.formData()).get('token')
    const outcome = await revokeToken(app, caller, typeof token === 'string' ? token : '')
    if (isRefused(outcome) && outcome.refused !== 'not-found') return refuseLoad(outcome, event)
    redirect(303, `/${language}/people/account/tokens`)
  }
}
