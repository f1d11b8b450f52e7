import { openSession, personAt, rolesOf } from '#server/people'
import { refused, type Refused } from '#shared/forms/refused.ts'
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
  key: unknown
): Promise<SignedInAs | Refused> {
  if (!demonstration || !isCastKey(key)) return refused('not-found')
  const { email, startsAt } = cast[key]
  const person = await personAt(database, email)
  // They may have had themselves erased.
  if (!person) return refused('not-found')
  const [first] = await rolesOf(database, person.id)
  const { secret } = await openSession(database, person.id, {
    secondFactor: true,
    device: 'Demonstration',
    ...(first && { acting: first.held.id })
  })
  return { secret, startsAt }
}
