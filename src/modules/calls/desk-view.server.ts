import { refusalAsSecond, secondOfficerFor } from '#server/directory'
import type { SecondPerson } from '#modules/directory'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, may, refusalFor } from '#shared/identity/index.ts'
import { type LocalMoment, databaseNow } from '#shared/time/index.ts'
import { type Desk, authorsOfReview } from './at-desk.server.ts'
import { type CallBody, bodyOf } from './bodies.server.ts'
import { type Change, changesBetween } from './changes.ts'
import { type CallState, type Move, type Step, mayMove, stateOf } from './life.ts'
import { ofTheBody } from './permissions.ts'
import { namesOf } from './persons.server.ts'
import { type Reviewed, reviewed } from './review.server.ts'
import { type StoredCall, callsOfBodies, findCall, stepsOf, termsOf } from './store.server.ts'

/** Who may look at the desk of a call: officers of its body, and whoever is its second officer. */
export const deskPermission: Permission = ['officer', 'administrator']

/** A call as those see it who work on it. */
export type CallAtDesk = {
  call: StoredCall
  body: CallBody
  state: CallState
  /** What would be published next, and what is in the way. */
  what: Reviewed
  /** How that differs from what everybody sees; for a draft that was cloned, from what it was cloned from. */
  changes: Change[]
  steps: (Step & { name: string | undefined })[]
  /** Works for the body, and may write. */
  writes: boolean
  /** Is the second officer of what lies for review. */
  reviews: boolean
  /** Who could be, where somebody is needed. */
  second: { by: SecondPerson['by']; names: string[] }
}

/** The desk of a call. Who may not know of a draft is told that there is nothing. */
export async function deskOf(app: Desk, caller: Caller, code: string): Promise<CallAtDesk | Refused> {
  const no = refusalFor(caller, deskPermission, { body: 'any' })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const { database } = app
  const call = await findCall(database, code)
  if (!call) return refused('not-found')
  const authors = await authorsOfReview(database, call)
  const first = authors.at(-1) ?? ''
  const writes = may(caller, ofTheBody, { body: call.body })
  const notSecond = await refusalAsSecond(app, caller, { body: call.body, first, barred: authors })
  if (!writes && notSecond) {
    return isRefused(notSecond) && call.publishedRevision !== null ? notSecond : refused('not-found')
  }
  const [what, steps, second, now] = await Promise.all([
    reviewed(app, database, call),
    stepsOf(database, call.id),
    secondOfficerFor(app, call.body, first, authors),
    databaseNow(database)
  ])
  const names = await namesOf(database, [
    ...steps.map(({ by }) => by),
    ...('persons' in second ? second.persons : [])
  ])
  return {
    call,
    body: await bodyOf(app, call.body),
    state: stateOf(call.stage, call.period, now),
    what,
    changes: what.published ? changesBetween(what.published, what.terms) : [],
    steps: steps.map((step) => ({ ...step, name: names.get(step.by) })),
    writes,
    reviews: what.sent && notSecond === undefined,
    second: {
      by: second.by,
      names: ('persons' in second ? second.persons : []).flatMap((person) => names.get(person) ?? [])
    }
  }
}

/** A call in the list of a body. */
export type CallOnList = {
  code: string
  title: Readonly<Record<string, string>>
  edition: number
  kind: StoredCall['kind']
  body: string
  state: CallState
  /** A corrigendum is being prepared, or lies for review. */
  corrigendum: 'prepared' | 'in-review' | undefined
  changedAt: StoredCall['changedAt']
  /** As it is written now, by the clock of Brussels. */
  deadline: LocalMoment | null
}

/** All calls of the bodies that an officer works for, those that changed last first. */
export async function callsAtDesk(app: Desk, caller: Caller): Promise<CallOnList[] | Refused> {
  const no = refusalFor(caller, ofTheBody, { body: 'any' })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const { acting } = caller
  const calls = await callsOfBodies(app.database, acting?.role === 'officer' ? [acting.body] : [])
  const now = await databaseNow(app.database)
  return Promise.all(
    calls.map(async (call) => {
      const { terms } = await termsOf(app.database, call.id, call.revision)
      const { corrigendum } = call.publishedRevision === null ? {} : await reviewed(app, app.database, call)
      return {
        code: call.code,
        title: terms.title,
        edition: call.edition,
        kind: call.kind,
        body: call.body,
        state: stateOf(call.stage, call.period, now),
        corrigendum: corrigendum
          ? corrigendum.sentAt
            ? ('in-review' as const)
            : ('prepared' as const)
          : undefined,
        changedAt: call.changedAt,
        deadline: terms.deadline
      }
    })
  )
}

/** Which moves an officer is offered. */
export function movesAt({ state, what, writes }: CallAtDesk): Move[] {
  if (!writes) return []
  const moves: Move[] = ['assessment-begun', 'decided', 'archived']
  return moves.filter((move) => mayMove(state, move) && !what.corrigendum)
}
