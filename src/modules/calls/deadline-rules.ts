import type { LocalMoment } from '#shared/time/local-moment.ts'
import type { OpenedAction } from './call.ts'

/** A body as deadlines know it: the guide sets one hour for national agencies, another for the executive agency. */
export type BodyKind = 'national-agency' | 'executive-agency' | 'other'

/** A deadline that a guide sets for an action. */
export type GuideDeadline = {
  on: string
  at: string
  body?: 'national-agency' | 'executive-agency'
  fields?: readonly string[]
  round?: number
  optional?: true
}

/** What a guide says about the time of a call. */
export type GuideTimes = {
  /** Deadlines of each action in the edition. */
  deadlines: ReadonlyMap<string, readonly GuideDeadline[]>
  /** The hour at which the body's deadlines fall; undefined when the guide sets none. */
  hour: string | undefined
}

/** The deadlines of the guide that a call of this body may have for an action, the earliest first. */
export function deadlinesFor(
  opened: OpenedAction,
  body: BodyKind,
  { deadlines }: Pick<GuideTimes, 'deadlines'>
): GuideDeadline[] {
  return (deadlines.get(opened.action) ?? [])
    .filter((one) => one.body === undefined || body === 'other' || one.body === body)
    .filter(({ fields }) => fields === undefined || opened.fields.every((field) => fields.includes(field)))
    .filter(({ round }) => opened.round === undefined || round === undefined || round === opened.round)
    .toSorted((a, b) => (`${a.on} ${a.at}` < `${b.on} ${b.at}` ? -1 : 1))
}

/** Deadlines that all opened actions share: what is offered to the officer first. */
export function proposedDeadlines(
  actions: readonly OpenedAction[],
  body: BodyKind,
  times: GuideTimes
): LocalMoment[] {
  const sets = actions.map((opened) =>
    deadlinesFor(opened, body, times).map(({ on, at }): LocalMoment => ({ day: on, hour: at }))
  )
  const known = sets.filter((set) => set.length > 0)
  const [first = [], ...others] = known
  const shared = first.filter((moment) => others.every((set) => set.some((one) => same(one, moment))))
  return shared.filter((moment, at) => shared.findIndex((one) => same(one, moment)) === at)
}

/** How a deadline departs from the guide, which is allowed for a reason that everybody can read. */
export type Departure =
  /** The guide has other deadlines for this action. */
  | { of: 'deadline'; action: string; guide: LocalMoment[] }
  /** The guide has no day for it, but another hour. */
  | { of: 'hour'; hour: string }

/** Whether a deadline departs from what the guide sets; undefined when it does not. */
export function departureOf(
  deadline: LocalMoment,
  actions: readonly OpenedAction[],
  body: BodyKind,
  times: GuideTimes
): Departure | undefined {
  // Outside a guide there is nothing to depart from.
  if (actions.length === 0) return undefined
  for (const opened of actions) {
    const guide = deadlinesFor(opened, body, times).map(({ on, at }) => ({ day: on, hour: at }))
    if (guide.length > 0 && !guide.some((one) => same(one, deadline))) {
      return { of: 'deadline', action: opened.action, guide }
    }
  }
  const settled = actions.some((opened) => deadlinesFor(opened, body, times).length > 0)
  if (!settled && times.hour !== undefined && times.hour !== deadline.hour) {
    return { of: 'hour', hour: times.hour }
  }
  return undefined
}

export function same(a: LocalMoment, b: LocalMoment): boolean {
  return a.day === b.day && a.hour === b.hour
}
