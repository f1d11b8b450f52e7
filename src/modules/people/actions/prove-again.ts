import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { countAttempt, settleAttempts } from '../attempts.server.ts'
import { proofsIn } from '../limits.server.ts'
import { verifyPassword } from '../password-hash.server.ts'
import { keptPassword, typedPassword } from '../passwords.server.ts'
import { renewSession } from '../sessions.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ password: typedPassword() })

/**
 * Proves by password, in a session that is open, that it is still the same person.
 * @returns the session's new secret, for the cookie
 */
export async function proveAgain(
  app: { database: Database },
  caller: Caller,
  given: unknown
): Promise<{ secret: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!('session' in caller.by)) return refused('not-allowed')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { session } = caller.by
  const tooOften = await countAttempt(app.database, [proofsIn(session)])
  if (tooOften) return tooOften
  const kept = await keptPassword(app.database, caller.person)
  const verified = await verifyPassword(kept, read.data.password)
  if (isRefused(verified)) return verified
  if (!verified.right) return invalid('password', 'people.password.wrong')
  await settleAttempts(app.database, { forgiven: [proofsIn(session)], returned: [] })
  return { secret: await renewSession(app.database, session, { secondFactor: false }) }
}
