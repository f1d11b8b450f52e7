import { Temporal } from 'temporal-polyfill'
import { daysBefore } from '#shared/time/local-moment.ts'
import { type CallFilter, queryOf } from './filter.ts'
import type { OpenFrom } from './life.ts'

/** How many days before a deadline followers are reminded. */
export const reminderDays = [14, 7, 1] as const

/**
 * Which reminder is due for a follower: that of the nearest day that has come. Whoever begins to follow later is not
 * reminded of what lay before.
 * @param since when they began to follow
 * @returns 14, 7 or 1; undefined when none is due
 */
export function reminderDue(
  period: OpenFrom,
  since: Temporal.Instant,
  now: Temporal.Instant
): (typeof reminderDays)[number] | undefined {
  const { compare } = Temporal.Instant
  if (compare(now, period.opensAt) < 0 || compare(now, period.closesAt) > 0) return undefined
  const due = reminderDays.findLast((days) => compare(daysBefore(period.closesAt, days), now) <= 0)
  if (due === undefined) return undefined
  return compare(since, daysBefore(period.closesAt, due)) <= 0 ? due : undefined
}

/** The query that a saved search is kept as. Where calls stand is left out: it is new ones that are told of. */
export function savedQueryOf(filter: CallFilter): string {
  return queryOf({ ...filter, states: [], within: undefined }).toString()
}
