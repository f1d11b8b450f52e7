import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { countAttempt } from '../attempts.server.ts'
import { noteAndTell } from '../changes.server.ts'
import { passwordsIn } from '../limits.server.ts'
import { ownerOf } from '../owner.server.ts'
import type { IsLeaked } from '../leaked-passwords.server.ts'
import { hashPassword } from '../password-hash.server.ts'
import { passwordProblem } from '../password-rules.server.ts'
import { keepPassword, typedPassword } from '../passwords.server.ts'
import { lockPerson, personOf } from '../persons.server.ts'
import { closeSessionsOf, renewSession } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'
import { endWhatIsOpen } from '../ways-in.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ password: typedPassword() })

/**
 * Changes somebody's password, or gives them their first. All other devices are signed out, tokens are revoked.
 * @returns the new secret of this session, and how many others were ended
 */
export async function changePassword(
  app: { database: Database; isLeaked?: IsLeaked },
  caller: Caller,
  visit: Visit,
  given: unknown
): Promise<{ secret: string; ended: number } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const person = await personOf(app.database, owner.caller.person)
  if (!person) return refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const tooOften = await countAttempt(app.database, [passwordsIn(owner.session)])
  if (tooOften) return tooOften
  const { password } = read.data
  const problem = await passwordProblem('password', password, [person.name, person.email], app.isLeaked)
  if (problem) return refused('invalid', { problems: [problem] })
  const encoded = await hashPassword(password)
  if (isRefused(encoded)) return encoded

  return app.database.transaction().execute(async (transaction) => {
    await lockPerson(transaction, person.id)
    await keepPassword(transaction, person.id, encoded)
    await endWhatIsOpen(transaction, person.id)
    const { session } = owner
    const ended = await closeSessionsOf(transaction, person.id, { session, knownDevice: visit.knownDevice })
    await noteAndTell(transaction, person, caller, 'password-changed')
    return { secret: await renewSession(transaction, session, { secondFactor: false }), ended }
  })
}
