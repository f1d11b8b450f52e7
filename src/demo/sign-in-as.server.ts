import { organisationNames } from '#server/organisations'
import { closeSession, openSession, personAt, rolesOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { refused, type Refused } from '#shared/forms/refused.ts'
import { type Caller, type HeldRole, isSignedIn } from '#shared/identity/index.ts'
import type { App } from '../app.ts'
import { cast, isCastKey } from './cast.ts'

/** A session of one of the cast, for the browser's cookie, and where it begins. */
export type SignedInAs = { secret: string; startsAt: string }

/**
 * Signs anybody in as one of the cast, in the first of their roles, as with a second factor. Only in a demonstration,
 * which serves nobody but this machine.
 */
export async function signInAs(
  { database, demonstration }: Pick<App, 'database' | 'demonstration'>,
  caller: Caller,
  key: unknown
): Promise<SignedInAs | Refused> {
  if (!demonstration || !isCastKey(key)) return refused('not-found')
  const { email, startsAt } = cast[key]
  const person = await personAt(database, email)
  // They may have had themselves erased.
  if (!person) return refused('not-found')
  // The session of whom one was before would stay in their list of devices.
  if (isSignedIn(caller) && 'session' in caller.by) await closeSession(database, caller.by.session)
  const [first] = await rolesOf(database, person.id)
  const { secret } = await openSession(database, person.id, {
    secondFactor: true,
    device: 'Demonstration',
    ...(first && { acting: first.held.id })
  })
  return { secret, startsAt: await placeOf(database, startsAt, first?.held) }
}

/** Where somebody begins, with the code of the organisation that they act for. */
async function placeOf(database: Database, startsAt: string, held: HeldRole | undefined): Promise<string> {
  if (!held || !('organisation' in held)) return startsAt
  const [organisation] = (await organisationNames(database, [held.organisation], 'lv')).values()
  return startsAt.replace('{own}', organisation?.code ?? '')
}
