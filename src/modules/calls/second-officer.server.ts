import { refusalAsSecond } from '#server/directory'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { type Desk, authorsOfReview } from './at-desk.server.ts'
import { type Reviewed, reviewed } from './review.server.ts'
import type { StepName } from './life.ts'
import { findCall, lockCall, stepsOf, type StoredCall } from './store.server.ts'

/** Who may review: another officer of the body, or whoever the directory names where there is none. */
export const asSecond: Permission = ['officer', 'administrator']

/** Something that lies for review, in the hands of the second officer, locked until the transaction ends. */
export type InReview = { call: StoredCall; what: Reviewed; second: SignedIn }

/**
 * Hands what lies for review to the second officer. Whoever wrote or sent it is told why they are not the second.
 * @param revision what they looked at; if it is another by now, they look again first
 */
export async function inReview(
  app: Desk,
  transaction: Database,
  caller: Caller,
  { code, revision }: { code: string; revision: number }
): Promise<InReview | Refused> {
  const no = refusalFor(caller, asSecond, { body: 'any' })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const call = await lockCall(transaction, code)
  if (!call) return refused('not-found')
  const authors = await authorsOfReview(transaction, call)
  const notSecond = await refusalAsSecond({ database: transaction }, caller, {
    body: call.body,
    first: authors.at(-1) ?? '',
    barred: authors
  })
  // Who may not know of a draft is told that there is nothing.
  if (notSecond?.refused === 'not-allowed' && call.publishedRevision === null) return refused('not-found')
  const what = await reviewed(app, transaction, call)
  if (!what.sent) return notNow('calls.not-now.not-in-review')
  if (notSecond) return notSecond
  if (call.revision !== revision) return refused('changed', { current: { revision: call.revision } })
  return { call, what, second: caller }
}

/**
 * Whether a refusal only says that the button was pressed twice: the caller took that very step last, with what they
 * looked at.
 */
export async function doneBefore(
  transaction: Database,
  caller: Caller,
  { code, revision }: { code: string; revision: number },
  no: Refused,
  steps: readonly StepName[]
): Promise<StoredCall | undefined> {
  if (no.refused !== 'not-now' || !isSignedIn(caller)) return undefined
  const call = await findCall(transaction, code)
  const last = call && (await stepsOf(transaction, call.id)).at(-1)
  const same = last?.by === caller.person && last.revision === revision && steps.includes(last.step)
  return same ? call : undefined
}
