import type { Temporal } from 'temporal-polyfill'
import { formatInstant } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import { type TimeLeft, timeLeft } from '#shared/time/time-left.ts'

/** A deadline in words: when it is, and how long is left; nothing once it has passed. */
export type DeadlineView = { at: string; left: TimeLeft | undefined }

export function deadlineView(
  closesAt: Temporal.Instant,
  now: Temporal.Instant,
  language: Language
): DeadlineView {
  const open = now.epochNanoseconds < closesAt.epochNanoseconds
  return {
    at: formatInstant(closesAt.toString(), language),
    left: open ? timeLeft(now, closesAt) : undefined
  }
}
