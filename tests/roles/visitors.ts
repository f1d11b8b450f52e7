import { isRefused } from '#shared/forms/refused.ts'
import { type Caller, type SignedIn, nobody } from '#shared/identity/index.ts'
import { scopeOf, scopes } from '../../src/api/scopes.ts'
import { makeToken } from '../../src/modules/people/actions/make-token.ts'
import { personActing, signIn } from '../cast/cast.ts'
import type { World } from './world.ts'

/** Somebody who walks: what they are to the things at hand, and how they prove it. */
export type Visitor = { name: string; caller: Caller; headers: () => Promise<Record<string, string>> }

/** One of each role, called as the columns of docs/roles.md. */
export async function visitorsOf(world: World): Promise<Visitor[]> {
  const { database } = world.site.app
  const { cast, school, body } = world
  const visitor = (name: string, caller: SignedIn): Visitor => {
    const somebody: Visitor = {
      name,
      caller,
      // A new session for each visit: some doors end it.
      headers: async () => ({ cookie: await signIn(world.site, somebody.caller as SignedIn) })
    }
    return somebody
  }
  const person = (name: string, more: Partial<Parameters<typeof personActing>[1]> = {}) =>
    personActing(database, { name, ...more })
  return [
    { name: 'nobody', caller: nobody, headers: async () => ({}) },
    visitor('signed in', await person('Nils Nekas')),
    visitor('the person', cast.ilze),
    visitor('member', await person('Mārtiņš Lapa', { role: { role: 'member', organisation: school.id } })),
    visitor('representative', cast.maria),
    visitor('member elsewhere', cast.jonas),
    visitor('officer', cast.petra),
    visitor('officer elsewhere', await person('Clara Moreau', { role: { role: 'officer', body: 'eacea' } })),
    visitor(
      'officer without a second factor',
      await person('Uldis Otrais', { role: { role: 'officer', body }, secondFactor: false })
    ),
    visitor('expert', cast.ana),
    visitor('administrator', cast.liga),
    await token(world, 'token that may read', (scope) => scope.endsWith(':read')),
    await token(world, 'token that may write', () => true),
    // Closed wherever another scope is asked.
    await token(world, 'token of one scope', (scope) => scope === 'audit:read')
  ]
}

/** A program that acts for Petra in her role, as far as its scopes reach. */
async function token(
  { site: { app }, cast: { petra } }: World,
  name: string,
  has: (scope: string) => boolean
): Promise<Visitor> {
  const given = { name, role: petra.acting!.id, scopes: scopes.filter(has), days: 1 }
  const made = await makeToken(app, petra, given)
  if (isRefused(made)) throw new Error(JSON.stringify(made))
  const by = { token: made.id, scopes: given.scopes }
  return {
    name,
    caller: { ...petra, by },
    headers: async () => ({ authorization: `Bearer ${made.token}` })
  }
}

/** Who somebody is at a door: pages take no tokens, and an endpoint takes one only with its scope. */
export function callerAt(method: string, path: string, { caller }: Visitor): Caller | 'outside-scope' {
  if (caller.person === undefined || !('token' in caller.by)) return caller
  if (!path.startsWith('/api/v1/')) return nobody
  const scope = scopeOf(method, path)
  return scope && caller.by.scopes.includes(scope) ? caller : 'outside-scope'
}
