import { rolesIn } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { type ActingOfficer, type SecondPerson, secondPersonFor } from './second-person.ts'
import { bodyOnRecord } from './store.server.ts'

type Holding = { database: Database }

/** Who may be the second person for an act of a body that `first` began. See secondPersonFor. */
export async function secondOfficerFor(
  app: Holding,
  body: string,
  first: string,
  barred: readonly string[] = []
): Promise<SecondPerson> {
  const above = (await bodyOnRecord(app.database, body))?.supervisedBy
  const officers = await actingOfficers(app.database, body)
  const supervising = above ? { body: above, officers: await actingOfficers(app.database, above) } : undefined
  return secondPersonFor({ body, officers, supervising }, first, barred)
}

/**
 * Whether the caller may be the second person: undefined when they may. An action that needs two persons asks this
 * instead of refusalFor; its permission is ['officer', 'administrator'].
 */
export async function refusalAsSecond(
  app: Holding,
  caller: Caller,
  { body, first, barred = [] }: { body: string; first: string; barred?: readonly string[] }
): Promise<Refused | undefined> {
  const second = await secondOfficerFor(app, body, first, barred)
  const no =
    second.by === 'administrator'
      ? refusalFor(caller, ['administrator'])
      : refusalFor(caller, ['officer'], { body: second.body })
  // The first person is told why, not that they are not allowed.
  if (isSignedIn(caller) && caller.person === first) return notNow(`directory.second.${second.by}`)
  if (no || !isSignedIn(caller)) return no
  if (second.by === 'administrator' || second.persons.includes(caller.person)) return undefined
  return notNow('directory.second.barred')
}

/** Who may act for a body now, by their own post or instead of somebody. */
export async function actingOfficers(database: Database, body: string): Promise<ActingOfficer[]> {
  const roles = await rolesIn(database, { body })
  const holder = new Map(roles.map(({ held, person }) => [held.id, person]))
  return roles.map(({ person, insteadOf }) => ({
    person,
    insteadOf: insteadOf === null ? null : (holder.get(insteadOf) ?? null)
  }))
}
