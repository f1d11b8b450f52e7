import { Temporal } from 'temporal-polyfill'

/**
 * Whether something is in time. A guide asks for it “by 12:00:00” and “no later than the deadline”: the very instant
 * of the deadline is in time, the smallest part of a second after it is not.
 */
export function isInTime(at: Temporal.Instant, deadline: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, deadline) <= 0
}

/** Whether a moment has come. */
export function hasCome(moment: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(moment, now) <= 0
}
