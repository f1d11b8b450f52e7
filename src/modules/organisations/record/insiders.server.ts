import type { Database } from '#shared/database/index.ts'
import { type Caller, type Permission, isSignedIn, may } from '#shared/identity/index.ts'
import type { BodiesFor } from '../bodies-for.ts'

/** Who may see all facts of a record, whatever it shows to everybody. */
export const insiders: Permission = ['member', 'officer', 'administrator']

/** What is needed of the app to know who may. */
export type Holding = { database: Database; bodiesFor: BodiesFor }

/** The bodies that look after a record, asked only for those who act for one. */
export async function bodiesAbout(
  { database, bodiesFor }: Holding,
  caller: Caller,
  country: string
): Promise<readonly string[] | undefined> {
  const officer = isSignedIn(caller) && caller.roles.some(({ role }) => role === 'officer')
  return officer ? bodiesFor(database, country) : undefined
}

/** Whether somebody may see all of a record: its own people, and officers of the bodies that look after it. */
export async function mayLookInside(
  app: Holding,
  caller: Caller,
  { id, country }: { id: string; country: string }
): Promise<boolean> {
  return may(caller, insiders, { organisation: id, body: await bodiesAbout(app, caller, country) })
}

/** The countries whose organisations are an officer's work; an administrator's all are, nobody else's any. */
export async function countriesLookedAfter(
  { database, bodiesFor }: Holding,
  caller: Caller
): Promise<readonly string[] | 'all'> {
  const acting = isSignedIn(caller) && caller.secondFactor ? caller.acting : undefined
  if (acting?.role === 'administrator') return 'all'
  if (acting?.role !== 'officer') return []
  const rows = await database.selectFrom('organisations.organisation').select('country').distinct().execute()
  const asked = await Promise.all(
    rows.map(async ({ country }) =>
      (await bodiesFor(database, country)).includes(acting.body) ? [country] : []
    )
  )
  return asked.flat()
}
