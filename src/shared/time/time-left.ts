import type { Temporal } from 'temporal-polyfill'

/** How long is left until a deadline: whole days, on the last day whole hours. */
export type TimeLeft = { days: number } | { hours: number } | 'less'

export function timeLeft(now: Temporal.Instant, until: Temporal.Instant): TimeLeft {
  const hours = Math.floor(now.until(until).total('hours'))
  if (hours < 1) return 'less'
  return hours < 24 ? { hours } : { days: Math.floor(hours / 24) }
}
