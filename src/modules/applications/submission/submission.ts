import type { Temporal } from 'temporal-polyfill'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import { hasCome, isInTime } from '#shared/time/deadline.ts'
import type { ApplicationState } from '../application.ts'

/**
 * What became of something handed in.
 * - `counts`: it is what will be assessed
 * - `taken-back`: its people write on; it counts all the same until they hand in again
 * - `replaced`: a later one counts
 * - `withdrawn`: its people want it to be assessed no more
 */
export type SubmissionState = 'counts' | 'taken-back' | 'replaced' | 'withdrawn'

/** Of an application at most one submission stands at a time. */
export const standing = ['counts', 'taken-back'] as const satisfies readonly SubmissionState[]

/** An application as it was handed in. Kept for good, whatever happens to it later. */
export type Submission = {
  id: string
  /** applications.application */
  application: string
  /** The code of the call. */
  call: string
  /** Its place among all that was handed in under the call: 1, 2, 3 without a gap, never given twice. */
  number: number
  state: SubmissionState
  /** When the complete request had reached the server, by the database's clock; this counts. */
  receivedAt: Temporal.Instant
  /** By how much that may be wrong, in milliseconds, one way or the other. */
  clockError: number
  /** When it was on record. */
  acceptedAt: Temporal.Instant
  /** SHA-256 of the canonical JSON of its manifest, in hexadecimal. */
  hash: string
  /** Who pressed the button, for the coordinator. */
  by: string
  /** Its entry in the audit log. */
  entry: string
}

/** Seconds within which what was received in time must be on record. */
export const acceptedWithin = 60

/** When a call takes applications. */
export type Period = { opensAt: Temporal.Instant; closesAt: Temporal.Instant }

/**
 * When a request had arrived in full, and by how many milliseconds that may be wrong; `unread`: how many of these it may
 * have lain unread.
 */
export type Received = { at: Temporal.Instant; error: number; unread?: number }

/**
 * Whether what arrived then is in time. The very instant of the deadline is; and where the clock cannot tell, the
 * applicant is believed.
 */
export function wasInTime(received: Received, { closesAt }: Period): boolean {
  const earliest = received.at.subtract({ microseconds: Math.ceil(received.error * 1000) })
  return isInTime(earliest, closesAt)
}

/** By how many milliseconds something came late; 0: it was in time. */
export function lateBy(received: Received, period: Period): number {
  if (wasInTime(received, period)) return 0
  return Math.ceil(Number(received.at.epochNanoseconds - period.closesAt.epochNanoseconds) / 1e6)
}

/** Why an application cannot be handed in at that moment, whatever it holds; undefined: it can. */
export function refusalByTime(
  state: ApplicationState,
  period: Period,
  received: Received
): Refused | undefined {
  if (state === 'submitted') return notNow('applications-submission.not-now.submitted')
  if (state === 'withdrawn') return notNow('applications-submission.not-now.withdrawn')
  if (!hasCome(period.opensAt, received.at)) return notNow('applications-submission.not-now.not-open')
  if (!wasInTime(received, period)) {
    return notNow('applications-submission.not-now.late', { late: lateBy(received, period) })
  }
  return undefined
}

/** Takes an application back, to go on writing. What was handed in counts until it is handed in again. */
export function takenBack(state: ApplicationState, period: Period, now: Temporal.Instant): 'draft' | Refused {
  if (state === 'withdrawn') return notNow('applications-submission.not-now.withdrawn')
  if (state === 'draft') return notNow('applications-submission.not-now.not-submitted')
  return isInTime(now, period.closesAt) ? 'draft' : notNow('applications-submission.not-now.closed')
}

/** Withdraws an application that was handed in, before the deadline or after it. For good. */
export function withdrawn(state: ApplicationState, stands: boolean): 'withdrawn' | Refused {
  if (state === 'withdrawn') return notNow('applications-submission.not-now.withdrawn')
  return stands ? 'withdrawn' : notNow('applications-submission.not-now.not-submitted')
}
