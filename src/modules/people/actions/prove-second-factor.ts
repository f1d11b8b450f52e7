import { z } from 'zod'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import { endCeremony, findCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { personOf } from '../persons.server.ts'
import { type CodeHolding, checkCode } from '../second-factor.server.ts'
import { renewSession } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'

/** Whoever gave a first proof in this browser, or is signed in. */
export const permission: Permission = 'public'

const schema = z.object({ code: line(40) })

/** The session that somebody has is worth more from now on; its new secret is for the cookie. */
export type Strengthened = { step: 'strengthened'; secret: string }

/**
 * Takes a code as the second factor: of somebody who is on their way in, or who is in and wants to do what needs
 * one.
 */
export async function proveSecondFactor(
  app: CodeHolding,
  caller: Caller,
  visit: Visit,
  ceremony: string | undefined,
  given: unknown
): Promise<Entered | Strengthened | Refused> {
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const onTheWay = await findCeremony(app.database, ceremony, 'second-factor')
  if (onTheWay?.person) {
    const wrong = await checkCode(app, onTheWay.person, visit, read.data.code)
    if (wrong) return wrong
    return app.database.transaction().execute(async (transaction) => {
      const ended = await endCeremony(transaction, ceremony, 'second-factor')
      const person = ended?.person && (await personOf(transaction, ended.person))
      if (!person) return notNow('people.second-factor.too-late')
      return letIn(transaction, person, visit, { secondFactor: true, next: ended.facts.next })
    })
  }
  if (!isSignedIn(caller)) return notNow('people.second-factor.too-late')
  if (!('session' in caller.by)) return refused('not-allowed')
  const wrong = await checkCode(app, caller.person, visit, read.data.code)
  if (wrong) return wrong
  const secret = await renewSession(app.database, caller.by.session, { secondFactor: true })
  return { step: 'strengthened', secret }
}
