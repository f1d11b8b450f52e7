import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { openCorrigendum } from './corrigenda-store.server.ts'
import { authorsOf } from './life.ts'
import { lockCall, savedSince, stepsOf, type StoredCall } from './store.server.ts'

/** What actions of officers need of the installation. */
export type Desk = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/**
 * A call in the hands of an officer of its body, locked until the transaction ends. Who may not know of a draft is
 * told that there is nothing.
 */
export async function callInHand(
  transaction: Database,
  caller: Caller,
  permission: Permission,
  code: string
): Promise<{ call: StoredCall; officer: SignedIn } | Refused> {
  // Asked first, so that nobody learns from a refusal which calls there are.
  const no = refusalFor(caller, permission, { body: 'any' })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const call = await lockCall(transaction, code)
  if (!call) return refused('not-found')
  const notTheirs = refusalFor(caller, permission, { body: call.body })
  if (notTheirs) return call.publishedRevision === null ? refused('not-found') : notTheirs
  return { call, officer: caller }
}

/** Who wrote what lies for review, the sender last: none of them may be the second officer. */
export async function authorsOfReview(database: Database, call: StoredCall): Promise<string[]> {
  const corrigendum = await openCorrigendum(database, call.id)
  const [steps, saved] = await Promise.all([
    stepsOf(database, call.id),
    savedSince(database, call.id, corrigendum?.begunAt)
  ])
  return authorsOf(steps, corrigendum ? [corrigendum.begunBy, ...saved] : saved)
}
