import { type Refused, refused } from '../forms/refused.ts'
import { type Caller, type HeldRole, type SignedIn, isSignedIn } from './caller.ts'

/**
 * Who may do something.
 * - `person`: anybody who is signed in · `self`: the person it is about
 * - `member`: who works for the organisation it is about, its representatives included · `representative`: who may
 *   sign for it · `officer`: an officer of the body it is about · `expert` · `administrator`
 */
export type Audience =
  'person' | 'self' | 'member' | 'representative' | 'officer' | 'expert' | 'administrator'

export const audiences = [
  'person',
  'self',
  'member',
  'representative',
  'officer',
  'expert',
  'administrator'
] as const satisfies readonly Audience[]

/** What each action and each read exports: everybody, or the audiences of which one is enough. */
export type Permission = 'public' | readonly Audience[]

/**
 * What it is about. An audience that needs one of these is refused where it is missing; 'any' says that any
 * organisation or body will do (one's own list, a new call).
 */
export type Concerns = {
  person?: string | undefined
  /** One, or those of a consortium: each of them will do. */
  organisation?: string | readonly string[] | undefined
  body?: string | readonly string[] | undefined
}

/**
 * Whether the caller may. Checked once, in the action or the read, for page, API and command line.
 * Officers and administrators need a second factor. Whoever could do it in another of their roles is told which.
 * @returns undefined when they may
 */
export function refusalFor(
  caller: Caller,
  permission: Permission,
  concerns: Concerns = {}
): Refused | undefined {
  if (permission === 'public') return undefined
  if (!isSignedIn(caller)) return refused('sign-in')
  if (permission.includes('person')) return undefined
  if (permission.includes('self') && concerns.person === caller.person) return undefined
  if (caller.acting && fits(caller.acting, permission, concerns)) return strong(caller)
  const other = caller.roles.find((role) => role.id !== caller.acting?.id && fits(role, permission, concerns))
  return other ? refused('other-role', { role: other.id }) : refused('not-allowed')
}

/** The same as a yes or no, for what a page offers. */
export function may(caller: Caller, permission: Permission, concerns: Concerns = {}): boolean {
  return refusalFor(caller, permission, concerns) === undefined
}

/** Whether a role that somebody acts in is enough. */
function fits(held: HeldRole, permission: readonly Audience[], concerns: Concerns): boolean {
  switch (held.role) {
    case 'member':
      return permission.includes('member') && same(held.organisation, concerns.organisation)
    case 'representative':
      return (
        (permission.includes('representative') || permission.includes('member')) &&
        same(held.organisation, concerns.organisation)
      )
    case 'officer':
      return permission.includes('officer') && same(held.body, concerns.body)
    case 'expert':
      return permission.includes('expert')
    case 'administrator':
      return permission.includes('administrator')
  }
}

function same(own: string, asked: string | readonly string[] | undefined): boolean {
  if (asked === undefined) return false
  return asked === 'any' || (typeof asked === 'string' ? own === asked : asked.includes(own))
}

function strong(caller: SignedIn): Refused | undefined {
  if (!needsSecondFactor(caller.acting) || caller.secondFactor) return undefined
  return refused('second-factor')
}

/** Roles whose acts touch others' rights need more than a password. */
export function needsSecondFactor(role: HeldRole | undefined): boolean {
  return role?.role === 'officer' || role?.role === 'administrator'
}
