import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { myAccount } from '../reads.ts'
import type { Event } from './answers.server.ts'
import { dayOf } from './moments.ts'

/** What was just done in the account, said on its page; every page of it leads back here. */
export const doings = [
  'person',
  'address-asked',
  'password',
  'sessions',
  'codes-removed',
  'passkey',
  'consents'
] as const

/** One's own account: what stands there, and the way to change it. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const mine = await myAccount(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  const done = doings.find((doing) => doing === event.url.searchParams.get('done'))
  return {
    done,
    offersProviders: app.providers.list.length > 0,
    administrator: isSignedIn(caller) && caller.roles.some(({ role }) => role === 'administrator'),
    mine: {
      ...mine,
      passwordSet: mine.passwordSet && dayOf(mine.passwordSet, language),
      codesAdded: mine.codesAdded && dayOf(mine.codesAdded, language)
    }
  }
}
