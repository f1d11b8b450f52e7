import { Temporal } from 'temporal-polyfill'
import { programmeZone } from '../texts/format.ts'

/** A day and an hour as a notice writes them: { day: '2026-03-05', hour: '12:00' }. Which zone's is said beside it. */
export type LocalMoment = { day: string; hour: string }

/**
 * What a day and an hour of a zone mean. Twice a year a clock is changed: an hour is then left out (02:30 on the
 * last Sunday of March never comes), and another comes twice (in October).
 */
export type Meaning =
  | { comes: 'once'; at: Temporal.Instant }
  /** `from` and `to`: what the clock shows just before and just after the gap. */
  | { comes: 'never'; from: LocalMoment; to: LocalMoment }
  | { comes: 'twice'; first: Temporal.Instant; second: Temporal.Instant }
  /** There is no such day or hour on any clock. */
  | { comes: 'unreadable' }

/** Finds out when the clocks of a zone show a day and an hour. */
export function meaningOf({ day, hour }: LocalMoment, zone: string = programmeZone): Meaning {
  const written = /^\d{4}-\d{2}-\d{2}$/.test(day) && /^([01]\d|2[0-3]):[0-5]\d$/.test(hour)
  const local = written ? readable(`${day}T${hour}`) : undefined
  if (!local) return { comes: 'unreadable' }
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochNanoseconds === later.epochNanoseconds) return { comes: 'once', at: earlier.toInstant() }
  if (earlier.toPlainDateTime().equals(local)) {
    return { comes: 'twice', first: earlier.toInstant(), second: later.toInstant() }
  }
  const gap = earlier.getTimeZoneTransition('next')!
  return {
    comes: 'never',
    from: localMomentOf(gap.subtract({ minutes: 1 }).toInstant(), zone),
    to: localMomentOf(gap.toInstant(), zone)
  }
}

/**
 * The instant of a deadline that was checked before: a day and an hour of Brussels.
 * @throws RangeError when the clock does not show it exactly once; who takes it from people asks meaningOf first
 */
export function deadlineInstant(moment: LocalMoment, zone: string = programmeZone): Temporal.Instant {
  const meaning = meaningOf(moment, zone)
  if (meaning.comes === 'once') return meaning.at
  throw new RangeError(`${moment.day} ${moment.hour} is no single moment in ${zone}`)
}

/** What the clocks of a zone show at an instant; seconds are left out. */
export function localMomentOf(at: Temporal.Instant, zone: string = programmeZone): LocalMoment {
  const local = at.toZonedDateTimeISO(zone)
  return {
    day: local.toPlainDate().toString(),
    hour: local.toPlainTime().toString({ smallestUnit: 'minute' })
  }
}

/**
 * So many calendar days before an instant, at the same hour of the zone: a week before noon is noon, also when the
 * clocks were changed in between.
 */
export function daysBefore(
  at: Temporal.Instant,
  days: number,
  zone: string = programmeZone
): Temporal.Instant {
  return at.toZonedDateTimeISO(zone).subtract({ days }).toInstant()
}

function readable(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
