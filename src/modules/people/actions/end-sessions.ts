import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { noteChange } from '../changes.server.ts'
import { closeSession, closeSessionsOf } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = ['person']

/** Signs one of somebody's devices out. */
export async function endSession(
  app: { database: Database },
  caller: Caller,
  session: string
): Promise<{ ended: number } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const own = await app.database
    .selectFrom('people.session')
    .select('id')
    .where((where) => where(where.cast<string>('id', 'text'), '=', session))
    .where('person', '=', caller.person)
    .executeTakeFirst()
  if (!own) return refused('not-found')
  await app.database.transaction().execute(async (transaction) => {
    await closeSession(transaction, own.id)
    await noteChange(transaction, caller.person, caller, 'sessions-ended', { count: 1 })
  })
  return { ended: 1 }
}

/** Signs somebody out everywhere but here. The other browsers are strangers again. */
export async function endOtherSessions(
  app: { database: Database },
  caller: Caller,
  visit: Visit
): Promise<{ ended: number } | Refused> {
  const signedIn = inBrowser(caller)
  if (isRefused(signedIn)) return signedIn
  const here = { session: signedIn.session, knownDevice: visit.knownDevice }
  return app.database.transaction().execute(async (transaction) => {
    const ended = await closeSessionsOf(transaction, signedIn.person, here)
    await noteChange(transaction, signedIn.person, caller, 'sessions-ended', { count: ended })
    return { ended }
  })
}

function inBrowser(caller: Caller): { person: SignedIn['person']; session: string } | Refused {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!('session' in caller.by)) return refused('not-allowed')
  return { person: caller.person, session: caller.by.session }
}
