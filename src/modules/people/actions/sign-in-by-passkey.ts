import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import { countAttempt } from '../attempts.server.ts'
import { endCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { fromBrowser } from '../from-browser.ts'
import { ceremoniesFrom } from '../limits.server.ts'
import { checkSigned } from '../passkeys.server.ts'
import { personOf } from '../persons.server.ts'
import { renewSession } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'
import type { Strengthened } from './prove-second-factor.ts'

export const permission: Permission = 'public'

type Where = { origin: string; ceremony: string | undefined; next: string }

/**
 * Signs somebody in by a passkey; whoever is signed in already proves anew who they are. It counts as both factors.
 */
export async function signInByPasskey(
  app: { database: Database },
  caller: Caller,
  visit: Visit,
  { origin, ceremony, next }: Where,
  credential: unknown
): Promise<Entered | Strengthened | Refused> {
  const { database } = app
  const tooOften = await countAttempt(database, ceremoniesFrom(visit))
  if (tooOften) return tooOften
  const begun = await endCeremony(database, ceremony, 'passkey-sign-in')
  if (!begun) return notNow('people.passkeys.too-late')
  const signed = await checkSigned(database, origin, begun.facts.challenge, fromBrowser(credential))
  const person = signed && (await personOf(database, signed.person))
  if (!person) return notNow('people.passkeys.unknown')
  if (isSignedIn(caller)) {
    if (caller.person !== person.id) return notNow('people.passkeys.somebody-else')
    if (!('session' in caller.by)) return refused('not-allowed')
    const secret = await renewSession(database, caller.by.session, { secondFactor: true })
    return { step: 'strengthened', secret }
  }
  return database.transaction().execute(async (transaction) => {
    const onTheWay = await endCeremony(transaction, ceremony, 'second-factor')
    return letIn(transaction, person, visit, { secondFactor: true, next: onTheWay?.facts.next || next })
  })
}
