import type { ApplicationLimit } from '#server/programmes'
import type { ApplicationState, ParticipantRole } from '../application.ts'

/** An application of the same action and deadline, as far as limits go. */
export type Counted = {
  code: string
  field: string
  state: ApplicationState
  /** When it was handed in: ISO instant; undefined: it is a draft. */
  submittedAt: string | undefined
  startedAt: string
  /** Who takes part and agreed: the record of the register that it is today. */
  members: readonly { organisation: string; role: ParticipantRole }[]
}

/** A limit that an application touches. */
export type Touched = {
  limit: ApplicationLimit
  /** The organisation that it is about; undefined where it is the consortium as a whole. */
  organisation: string | undefined
  /** `reached`: one more would be too many. `over`: there are too many already. */
  level: 'reached' | 'over'
  /** All that count, in the order in which they count; this application is among them. */
  counted: readonly string[]
  /** Whether this application is beyond the limit in that order. */
  beyond: boolean
}

/**
 * The order in which applications count towards a limit: those handed in before drafts; by the moment of the last
 * submission, drafts by the moment they were begun; of the same moment, by their code. What comes after the limit
 * is what would be excluded.
 */
export function inOrderOfCounting(applications: readonly Counted[]): Counted[] {
  return applications.toSorted(
    (one, other) =>
      Number(one.submittedAt === undefined) - Number(other.submittedAt === undefined) ||
      compare(one.submittedAt ?? one.startedAt, other.submittedAt ?? other.startedAt) ||
      compare(one.code, other.code)
  )
}

/** The limits that an application touches, by all applications of its action and deadline. */
export function limitsTouched(
  own: Counted,
  others: readonly Counted[],
  limits: readonly ApplicationLimit[]
): Touched[] {
  return limits.flatMap((limit): Touched[] => {
    const all = inOrderOfCounting(
      [own, ...others.filter(({ code }) => code !== own.code)].filter(
        ({ field, state }) => state !== 'withdrawn' && limit.fields.some((one) => one === field)
      )
    )
    if (limit.of === 'consortium')
      return touching(
        limit,
        undefined,
        own,
        all.filter((one) => sameConsortium(one, own))
      )
    return membersThatCount(own, limit).flatMap((organisation) =>
      touching(
        limit,
        organisation,
        own,
        all.filter((one) => membersThatCount(one, limit).includes(organisation))
      )
    )
  })
}

/** An organisation that takes part in more applications than a limit allows, and which: in the order of counting. */
export type OverLimit = { organisation: string; limit: ApplicationLimit; counted: readonly string[] }

/** Every organisation that is over a limit, among all applications of an action and deadline. */
export function organisationsOver(
  applications: readonly Counted[],
  limits: readonly ApplicationLimit[]
): OverLimit[] {
  return limits.flatMap((limit) => {
    if (limit.of === 'consortium') return []
    const of = new Map<string, string[]>()
    for (const one of inOrderOfCounting(applications)) {
      if (one.state === 'withdrawn' || !limit.fields.some((field) => field === one.field)) continue
      for (const organisation of membersThatCount(one, limit))
        of.set(organisation, [...(of.get(organisation) ?? []), one.code])
    }
    return [...of]
      .filter(([, counted]) => counted.length > limit.applications)
      .map(([organisation, counted]) => ({ organisation, limit, counted }))
  })
}

function touching(
  limit: ApplicationLimit,
  organisation: string | undefined,
  own: Counted,
  counted: readonly Counted[]
): Touched[] {
  const codes = counted.map(({ code }) => code)
  // That a consortium has handed in its one application, or an organisation coordinates its one, is no news.
  if (codes.length < limit.applications || (codes.length === limit.applications && codes.length === 1))
    return []
  const level = codes.length > limit.applications ? 'over' : 'reached'
  return [
    { limit, organisation, level, counted: codes, beyond: codes.indexOf(own.code) >= limit.applications }
  ]
}

/** Associated partners receive no money, and no limit counts them. */
function membersThatCount({ members }: Counted, { of }: ApplicationLimit): string[] {
  const counted = members.filter(({ role }) =>
    of === 'coordinator' ? role === 'coordinator' : role !== 'associated'
  )
  return [...new Set(counted.map(({ organisation }) => organisation))]
}

/** The same organisations, whoever of them coordinates. One alone is no consortium yet. */
function sameConsortium(one: Counted, other: Counted): boolean {
  const set = ({ members }: Counted) =>
    [...new Set(members.filter(({ role }) => role !== 'associated').map(({ organisation }) => organisation))]
      .sort()
      .join(' ')
  const own = set(one)
  return own === set(other) && own.includes(' ')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
