import type { Finding } from './findings.ts'

/**
 * How many changes a set of findings needs at least. Never more than the truth: the search leaves a branch only where
 * even this is too much.
 */
export function lowerBound(findings: readonly Finding[]): number {
  let joining = 0
  let leaving = 0
  let other = 0
  let numbers = 0
  for (const finding of findings) {
    if (finding.about === 'value') numbers = 1
    else if (isCount(finding) && !needsRole(finding)) joining = Math.max(joining, missing(finding))
    else if (finding.about === 'everyone' && isPlainEveryone(finding))
      leaving = Math.max(leaving, finding.breaking.length)
    else other = Math.max(other, atLeastChanges(finding))
  }
  // Nobody joins by leaving; a number is never changed by either.
  return Math.max(joining + leaving, other) + numbers
}

type CountFinding = Extract<Finding, { about: 'organisations' | 'countries' }>

function isCount(finding: Finding): finding is CountFinding {
  return (
    (finding.about === 'organisations' || finding.about === 'countries') &&
    finding.atLeast !== undefined &&
    finding.found < finding.atLeast
  )
}

function missing({ found, open, atLeast }: CountFinding): number {
  return atLeast! - found - open
}

/** The count depends on who coordinates or on charters, so one change may do more than bring one organisation. */
function needsRole({ matcher: { who } }: CountFinding): boolean {
  return who.charter === true || who.country !== undefined || (who.roles !== undefined && !full(who.roles))
}

function full(roles: readonly string[]): boolean {
  return roles.includes('coordinator') && roles.includes('partner')
}

/** Every breaking organisation has to leave or change by itself, and doing so brings nobody. */
function isPlainEveryone({ who: { who }, must }: Extract<Finding, { about: 'everyone' }>): boolean {
  const roles = who.roles ?? ['coordinator', 'partner']
  return (
    full(roles) &&
    !roles.includes('associated') &&
    must.who.country === undefined &&
    who.country === undefined
  )
}

function atLeastChanges(finding: Finding): number {
  switch (finding.about) {
    case 'organisations':
    case 'countries':
      return 1
    case 'own-country':
      return 1
    case 'ratio':
      return Math.max(1, Math.ceil((finding.needed - finding.found) / 2))
    case 'each-country':
      return 1
    case 'any-of':
      return Math.min(
        ...finding.parts.map((part) => (part.answer === 'not-met' ? atLeastChanges(part) : Infinity))
      )
    default:
      return 1
  }
}
