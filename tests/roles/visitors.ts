import { type Caller, type SignedIn, nobody } from '#shared/identity/index.ts'
import { personActing, signIn } from '../cast/cast.ts'
import type { World } from './world.ts'

/** Somebody who walks: what they are to the things at hand, and how they prove it. */
export type Visitor = { name: string; caller: Caller; headers: () => Promise<Record<string, string>> }

/** One of each role, called as the columns of docs/roles.md. */
export async function visitorsOf(world: World): Promise<Visitor[]> {
  const { database } = world.site.app
  const { cast, school, body } = world
  const visitor = (name: string, caller: SignedIn): Visitor => ({
    name,
    caller,
    // A new session for each visit: some doors end it.
    headers: async () => ({ cookie: await signIn(world.site, caller) })
  })
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
    visitor(
      'officer elsewhere',
      await person('Zane Krūmiņa', { role: { role: 'officer', body: 'lv-jspa' } })
    ),
    visitor(
      'officer without a second factor',
      await person('Uldis Otrais', { role: { role: 'officer', body }, secondFactor: false })
    ),
    visitor('expert', cast.ana),
    visitor('administrator', cast.liga)
  ]
}
