import type { Temporal } from 'temporal-polyfill'
import { personsOf } from '#server/people'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { type PossiblePair, possiblePairs } from '../duplicates/possible-pairs.server.ts'
import { allRequests, membersOf } from '../members/members-store.server.ts'
import { type RequestShown, withDeciders } from '../members/show-members.server.ts'
import { type Holding, countriesLookedAfter } from '../record/insiders.server.ts'

/** What waits for an officer. */
export type Desk = {
  /** Requests to join that officers may answer. */
  requests: RequestShown[]
  /** Records that say they have the same identifier, or go by the same words. */
  pairs: PossiblePair[]
}

export async function deskOf(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller
): Promise<Desk> {
  const ours = mandateOf(app, caller)
  const now = app.clock()
  const requests: RequestShown[] = []
  const open = await allRequests(app.database)
  const people = await personsOf(
    app.database,
    open.map(({ person }) => person)
  )
  for (const request of open) {
    const who = people.get(request.person)
    if (!who || !(await ours(request.country))) continue
    const shown = withDeciders(request, who, await membersOf(app.database, request.organisation), caller, now)
    if (shown.mayAnswer) requests.push(shown)
  }
  const pairs = await possiblePairs(app.database, await countriesLookedAfter(app, caller))
  return { requests, pairs }
}

/** Whether the organisations of a country are the caller's work: an administrator's all are. */
function mandateOf({ database, bodiesFor }: Holding, caller: Caller): (country: string) => Promise<boolean> {
  const acting = isSignedIn(caller) ? caller.acting : undefined
  const known = new Map<string, Promise<readonly string[]>>()
  return async (country) => {
    if (acting?.role === 'administrator') return true
    if (acting?.role !== 'officer') return false
    let bodies = known.get(country)
    if (!bodies) known.set(country, (bodies = bodiesFor(database, country)))
    return (await bodies).includes(acting.body)
  }
}
