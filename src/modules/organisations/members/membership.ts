import type { Temporal } from 'temporal-polyfill'

/** What people can be in an organisation: roles of people.role. */
export const memberRoles = ['member', 'representative'] as const

export type MemberRole = (typeof memberRoles)[number]

/** How long an invitation can be accepted, in days. */
export const invitationDays = 14

/** After so many days without an answer, officers may answer a request to join as well. */
export const answerDays = 14

/** After so many days a request that nobody answered is over. */
export const requestDays = 90

/** Who decides about a request to join. */
export type Deciders = 'members' | 'representatives' | 'officers'

/**
 * Who decides: those who are there. Who may sign for the organisation is a matter for those who may sign; where
 * nobody is left who could, officers of the body that looks after it decide, on evidence.
 */
export function whoDecides(there: readonly MemberRole[], wanted: MemberRole): Deciders {
  if (there.length === 0) return 'officers'
  if (wanted === 'member') return 'members'
  return there.includes('representative') ? 'representatives' : 'officers'
}

/** Whether officers may decide as well, since nobody there answered. */
export function officersMayDecide(
  deciders: Deciders,
  askedAt: Temporal.Instant,
  now: Temporal.Instant
): boolean {
  return deciders === 'officers' || now.since(askedAt).total('hours') >= answerDays * 24
}

/** Whether somebody who acts as one of those there may decide. */
export function memberMayDecide(deciders: Deciders, acting: MemberRole): boolean {
  return deciders === 'members' || (deciders === 'representatives' && acting === 'representative')
}
