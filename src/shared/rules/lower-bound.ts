import { AFFILIATED, ASSOCIATED, PARTNER, type Encoded } from './encode.ts'
import type { Finding } from './findings.ts'
import { NO, YES } from './lexicon.ts'

type CountFinding = Extract<Finding, { about: 'organisations' | 'countries' }>
type EveryoneFinding = Extract<Finding, { about: 'everyone' }>

/**
 * How many changes a set of findings needs at least. Never more than the truth: the search leaves a branch only where
 * even this is too much. Four kinds of change never do each other's work, so what each needs adds up: organisations
 * leave, organisations join, somebody else coordinates, a number is set.
 */
export function lowerBound(findings: readonly Finding[], draft: Encoded): number {
  const leaving = new Set<number>()
  // Everybody who has to do something: those who leave, and those who obtain a charter or leave.
  const touched = new Set<number>()
  let numbers = 0
  for (const finding of findings) {
    // A limit that grows with organisations may be mended by one that joins anyway.
    if (finding.about === 'value') numbers = finding.growsWith ? numbers : 1
    else if (finding.about === 'everyone' && concernsEachAlone(finding)) {
      const mendable = finding.must.who.charter !== undefined
      for (const index of finding.breaking) {
        touched.add(index)
        if (!mendable) leaving.add(index)
      }
    }
  }
  const outside = findings.find(isCrowdOutside)
  let joining = 0
  // Those who join, and those outside who change for nobody's sake but their own.
  let joiningOrOutside = outside ? outsidersChanging(outside, touched, undefined, draft) : 0
  let tooMany = 0
  let other = 0
  let coordinates = draft.coordinator !== undefined && leaving.has(draft.coordinator.index) ? 1 : 0
  for (const finding of findings) {
    if (isCount(finding) && !needsRole(finding)) {
      const lacking = missing(finding, leaving, draft)
      const outsiders = outside ? outsidersChanging(outside, touched, finding, draft) : 0
      joining = Math.max(joining, lacking)
      joiningOrOutside = Math.max(joiningOrOutside, lacking + outsiders)
    } else if (isCrowd(finding)) tooMany = Math.max(tooMany, finding.found - finding.atMost!)
    else if (finding.about === 'everyone' && isAboutCoordinator(finding)) coordinates = 1
    else if (finding.about !== 'value') other = Math.max(other, atLeastChanges(finding))
  }
  // Where there are too many already, somebody leaves for everybody who joins.
  const left = Math.max(touched.size, tooMany > 0 ? tooMany + joining : 0)
  return Math.max(joiningOrOutside + left + coordinates, other) + numbers
}

/** More full partners than may be, of whatever kind and country. */
function isCrowd(finding: Finding): finding is CountFinding {
  if (finding.about !== 'organisations' || finding.atMost === undefined) return false
  const { roles, ...narrower } = finding.matcher.who
  const plain = roles === undefined || (isFull(roles) && roles.length === 2)
  return plain && Object.keys(narrower).length === 0 && finding.found > finding.atMost
}

/** More organisations than may be that are no full partners: each one too many leaves or becomes a full partner. */
function isCrowdOutside(finding: Finding): finding is CountFinding {
  if (finding.about !== 'organisations' || finding.atMost === undefined) return false
  const { roles, country } = finding.matcher.who
  const full = roles === undefined || roles.includes('coordinator') || roles.includes('partner')
  return !full && country === undefined && finding.found > finding.atMost
}

/** How many of those too many outside change without thereby being one more of those that are lacking. */
function outsidersChanging(
  { matcher, found, atMost }: CountFinding,
  touched: ReadonlySet<number>,
  lacking: CountFinding | undefined,
  draft: Encoded
): number {
  let changing = found - atMost!
  for (const partner of draft.partners) {
    if (partner.role !== ASSOCIATED && partner.role !== AFFILIATED) continue
    if (matcher.match(partner, draft) === NO) continue
    const promoted = { ...partner, role: PARTNER }
    if (touched.has(partner.index) || (lacking && lacking.matcher.match(promoted, draft) !== NO)) changing--
  }
  return Math.max(0, changing)
}

function isCount(finding: Finding): finding is CountFinding {
  return (
    (finding.about === 'organisations' || finding.about === 'countries') &&
    finding.atLeast !== undefined &&
    finding.found < finding.atLeast
  )
}

/** Organisations that will have to leave do not count. */
function missing(
  { about, found, open, atLeast, matcher }: CountFinding,
  leaving: ReadonlySet<number>,
  draft: Encoded
): number {
  let lost = 0
  if (about === 'organisations') {
    for (const index of leaving) if (matcher.match(draft.partners[index]!, draft) === YES) lost++
  }
  return atLeast! - found - open + lost
}

/** The count depends on who coordinates or on charters, so one change may do more than bring one organisation. */
function needsRole({ matcher: { who } }: CountFinding): boolean {
  return who.charter === true || who.country !== undefined || (who.roles !== undefined && !isFull(who.roles))
}

/** Each of those who break the rule has to do something itself, and nothing it can do brings anybody. */
function concernsEachAlone({ who: { who }, must }: EveryoneFinding): boolean {
  const roles = who.roles ?? ['coordinator', 'partner']
  return isFull(roles) && must.who.country === undefined && who.country === undefined
}

/** Somebody else has to coordinate. */
function isAboutCoordinator({ who: { who }, must }: EveryoneFinding): boolean {
  const only = who.roles?.length === 1 && who.roles[0] === 'coordinator'
  return only && must.who.charter === undefined && must.who.country === undefined && who.country === undefined
}

function isFull(roles: readonly string[]): boolean {
  return roles.includes('coordinator') && roles.includes('partner')
}

function atLeastChanges(finding: Finding): number {
  switch (finding.about) {
    case 'organisations':
    case 'countries':
      return finding.atMost === undefined ? 1 : Math.max(1, finding.found - finding.atMost)
    case 'ratio':
      return finding.needed - finding.found - finding.open
    case 'everyone':
      // Another coordinator can move the country everybody is measured by; nothing else mends two at once.
      return finding.must.who.country === undefined && finding.who.who.country === undefined
        ? finding.breaking.length
        : 1
    case 'any-of':
      return Math.min(
        ...finding.parts.map((part) => (part.answer === 'not-met' ? atLeastChanges(part) : Infinity))
      )
    default:
      return 1
  }
}
