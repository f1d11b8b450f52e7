/** What is known of a grant that an organisation had. */
export type EarlierGrant = {
  id: string
  programme: string
  /** The kind of action. */
  action: string
  callYear: number
  role: 'coordinator' | 'partner'
  project: string | undefined
  /** Who says so. */
  source: string
}

/** How the guide counts (programmes/…/lifecycle.yaml, organisation-status). */
export type Counting = {
  /** So often at most, within the years, is still less experienced. */
  times: number
  years: number
}

/** yes, no, or unknown: it depends on whether a grant of a predecessor counts. */
export type Status = 'yes' | 'no' | 'unknown'

/** How experienced an organisation is with a kind of action, as far as its grants are known. */
export type Experience = {
  /** Never supported in it, as coordinator or partner. */
  newcomer: Status
  /** Supported in it seldom enough in the last years; who applies for the first time is, too. */
  lessExperienced: Status
  /** Not supported in it as coordinator in the last years. */
  firstTimeApplicant: Status
  /** The grants that count. */
  counted: EarlierGrant[]
  /** Grants of kinds that perhaps went before this one. */
  perhaps: EarlierGrant[]
}

/**
 * Computes what the guide calls newcomer, less experienced and first-time applicant, for one kind of action.
 * @param predecessors kinds of action that perhaps count as the same
 * @param year that of the call; the last years are those before it, and itself
 */
export function experienceWith(
  action: string,
  grants: readonly EarlierGrant[],
  { predecessors, counting, year }: { predecessors: readonly string[]; counting: Counting; year: number }
): Experience {
  const counted = grants.filter((grant) => grant.action === action)
  const perhaps = grants.filter((grant) => predecessors.includes(grant.action))
  const recent = (list: readonly EarlierGrant[]) =>
    list.filter(({ callYear }) => callYear > year - counting.years && callYear <= year)
  const coordinated = (list: readonly EarlierGrant[]) =>
    recent(list).filter(({ role }) => role === 'coordinator')
  const all = [...counted, ...perhaps]
  const firstTimeApplicant = status(coordinated(counted).length === 0, coordinated(all).length === 0)
  const seldom = (list: readonly EarlierGrant[]) => recent(list).length <= counting.times
  return {
    newcomer: status(counted.length === 0, all.length === 0),
    lessExperienced: status(
      seldom(counted) || coordinated(counted).length === 0,
      seldom(all) || coordinated(all).length === 0
    ),
    firstTimeApplicant,
    counted,
    perhaps
  }
}

/** The same answer whether or not predecessors count is sure. */
function status(without: boolean, withPredecessors: boolean): Status {
  if (without === withPredecessors) return without ? 'yes' : 'no'
  return 'unknown'
}
