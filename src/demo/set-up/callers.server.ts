import { randomUUID } from 'node:crypto'
import { rolesOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { type CastKey, cast } from '../cast.ts'
import type { Entered } from './enter-cast.server.ts'

/** One of the cast as actions know them, acting in the first role that they hold by now. No session is opened. */
export async function callerFor(database: Database, entered: Entered, key: CastKey): Promise<SignedIn> {
  const { name, language } = cast[key]
  const roles = (await rolesOf(database, entered[key])).map(({ held }) => held)
  return {
    person: entered[key],
    name,
    language,
    by: { session: randomUUID() },
    roles,
    acting: roles[0],
    secondFactor: true
  }
}
