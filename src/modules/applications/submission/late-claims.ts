import { Temporal } from 'temporal-polyfill'
import { type LocalMoment, localMomentOf } from '#shared/time/local-moment.ts'
import { lateBy, type Period } from './submission.ts'

/** From one moment to another. */
export type Span = { from: Temporal.Instant; until: Temporal.Instant }

/** Something that was tried in vain. */
export type AttemptOnRecord = {
  application: string
  what: 'save' | 'submit'
  /** Who says so: this system, or whoever tried, afterwards. */
  knownBy: 'system' | 'claim'
  outcome: 'refused' | 'failed'
  why: string
  at: Temporal.Instant
}

/** An application under the call, as far as it matters here. */
export type UnderWay = {
  application: string
  /** When somebody wrote in it last. */
  writtenAt: Temporal.Instant | undefined
  /** When what stands had been received. */
  receivedAt: Temporal.Instant | undefined
}

/** An application that this system kept from being handed in, or made wait, by what the system itself knows. */
export type Harmed = {
  application: string
  milliseconds: number
  /** Attempts of its people that failed, and outages while they were at work. */
  failed: number
  outages: number
  /** Whether it was handed in all the same. */
  submitted: boolean
}

/** An hour before the deadline counts more than a day before; further back nobody was kept from anything. */
const lastHours = 24
// A sign of life comes every five seconds, so a shorter gap says nothing.
const leastGap = 8000 // not of a guide: milliseconds

/** When no server was there, in the last day before the deadline and the minute after it. */
export function outagesBefore(
  watches: readonly { since: Temporal.Instant; until: Temporal.Instant }[],
  { closesAt }: Period
): Span[] {
  const from = closesAt.subtract({ hours: lastHours })
  const until = closesAt.add({ minutes: 1 })
  const gaps: Span[] = []
  const sorted = watches.toSorted((a, b) => Temporal.Instant.compare(a.since, b.since))
  let covered: Temporal.Instant | undefined
  for (const watch of sorted) {
    if (covered && isBefore(covered, watch.since)) gaps.push({ from: covered, until: watch.since })
    if (!covered || isBefore(covered, watch.until)) covered = watch.until
  }
  // The last watch may be still under way; before the first nothing was installed.
  if (covered && isBefore(covered, until)) gaps.push({ from: covered, until })
  return gaps
    .filter((gap) => isBefore(from, gap.until) && isBefore(gap.from, until))
    .map((gap) => ({ from: later(gap.from, from), until: earlier(gap.until, until) }))
    .filter((gap) => lengthOf(gap) >= leastGap)
}

/**
 * Who was harmed, and for how long: from the first attempt that failed to the next success, or to the deadline; and
 * by each outage, who was at work in the day before it and had not handed in. Whoever lost most comes first.
 */
export function harmedOf(
  applications: readonly UnderWay[],
  {
    attempts,
    outages,
    period
  }: { attempts: readonly AttemptOnRecord[]; outages: readonly Span[]; period: Period }
): Harmed[] {
  return applications
    .flatMap(({ application, writtenAt, receivedAt }): Harmed[] => {
      const handedIn = receivedAt ?? period.closesAt
      const failed = attempts.filter(
        (one) =>
          one.application === application &&
          one.knownBy === 'system' &&
          one.outcome === 'failed' &&
          lateBy({ at: one.at, error: 0 }, period) === 0
      )
      const met = outages.filter(
        (outage) =>
          isBefore(outage.from, handedIn) &&
          writtenAt !== undefined &&
          isBefore(outage.from.subtract({ hours: lastHours }), writtenAt)
      )
      if (failed.length + met.length === 0) return []
      const first = failed.map(({ at }) => at).toSorted((a, b) => Temporal.Instant.compare(a, b))[0]
      const spans = [
        ...met,
        ...(first && isBefore(first, handedIn) ? [{ from: first, until: handedIn }] : [])
      ]
      return [
        {
          application,
          milliseconds: together(spans),
          failed: failed.length,
          outages: met.length,
          submitted: receivedAt !== undefined
        }
      ]
    })
    .toSorted((a, b) => Number(a.submitted) - Number(b.submitted) || b.milliseconds - a.milliseconds)
}

/**
 * One extension for all: the hour of the deadline on the first working day that leaves everybody as much time from now
 * on as whoever lost most. Undefined where nobody was kept from handing in.
 */
export function proposedExtension(
  harmed: readonly Harmed[],
  { closesAt, zone }: { closesAt: Temporal.Instant; zone: string },
  now: Temporal.Instant
): LocalMoment | undefined {
  const kept = harmed.filter(({ submitted }) => !submitted)
  if (kept.length === 0) return undefined
  const longest = Math.max(...kept.map(({ milliseconds }) => milliseconds))
  const least = later(now, closesAt).add({ milliseconds: Math.ceil(longest) })
  let day = closesAt.toZonedDateTimeISO(zone).add({ days: 1 })
  while (isBefore(day.toInstant(), least) || day.dayOfWeek > 5) day = day.add({ days: 1 })
  return localMomentOf(day.toInstant(), zone)
}

/** Milliseconds of spans that may overlap. */
function together(spans: readonly Span[]): number {
  let sum = 0
  let covered: Temporal.Instant | undefined
  for (const span of spans.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const from = covered ? later(covered, span.from) : span.from
    if (isBefore(from, span.until)) sum += lengthOf({ from, until: span.until })
    covered = covered ? later(covered, span.until) : span.until
  }
  return sum
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b)
const lengthOf = ({ from, until }: Span) => until.since(from).total('milliseconds')
