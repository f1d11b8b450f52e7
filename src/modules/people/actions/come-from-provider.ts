import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { type Ceremonies, beginCeremony, endCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { ownerOfIdentity } from '../outside-identities.server.ts'
import { personAt, personOf } from '../persons.server.ts'
import type { Providers } from '../providers.server.ts'
import { renewSession } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'
import type { Strengthened } from './prove-second-factor.ts'

export const permission: Permission = 'public'

/**
 * How somebody came back from a provider: in; or as somebody new (`sign-up`); or as somebody whose account, found by a
 * confirmed address or open in this browser, is not linked yet (`link`: they sign in to it, if need be, and agree).
 */
export type CameBack = { language: Language; next: string } & (
  | { step: 'entered'; entered: Entered | Strengthened }
  | { step: 'sign-up' | 'link'; ceremony: string }
  | { step: 'unchanged' }
)

type Holding = {
  database: Database
  providers: Providers
  log: { warn: (facts: object, said: string) => void }
}

/**
 * Takes back somebody who was sent to a provider. An account is never entered, and never linked, by an address alone:
 * whoever could make a provider say it would be in.
 * @param url the address under which they came, with what the provider put there
 */
export async function comeFromProvider(
  app: Holding,
  caller: Caller,
  visit: Visit,
  ceremony: string | undefined,
  url: URL
): Promise<CameBack | Refused> {
  const { database } = app
  const away = await endCeremony(database, ceremony, 'provider')
  if (!away) return notNow('people.providers.too-late')
  const { provider, journey, next, language } = away.facts
  const outside = await app.providers.finish(provider, url, journey)
  if ('failed' in outside) {
    app.log.warn({ provider, why: outside.why }, 'somebody came back from a provider without being known')
    return notNow(outside.failed === 'stopped' ? 'people.providers.stopped' : 'people.providers.failed')
  }
  const owner = await ownerOfIdentity(database, provider, outside.subject)
  if (isSignedIn(caller) && owner !== undefined) {
    if (owner !== caller.person) return notNow('people.providers.linked-elsewhere')
    // A provider that remembers somebody asks nothing: that proves nothing anew.
    if (!journey.fresh || !('session' in caller.by)) return { step: 'unchanged', language, next }
    const { secondFactor } = outside
    const secret = await renewSession(database, caller.by.session, { secondFactor })
    return { step: 'entered', entered: { step: 'strengthened', secret }, language, next }
  }
  const person = owner === undefined ? undefined : await personOf(database, owner)
  if (person) {
    const how = { secondFactor: outside.secondFactor, next, ceremony }
    const entered = await database
      .transaction()
      .execute((transaction) => letIn(transaction, person, visit, how))
    return { step: 'entered', entered, language, next }
  }
  const facts: Ceremonies['outside-identity'] = { provider, person: outside, next }
  const pending = await beginCeremony(database, ceremony, 'outside-identity', facts)
  // That there is an account is told only to whom the provider saw to own its address.
  const account = outside.email && outside.emailConfirmed && (await personAt(database, outside.email))
  const step = isSignedIn(caller) || account ? 'link' : 'sign-up'
  return { step, ceremony: pending, language, next }
}
