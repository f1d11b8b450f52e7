import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import {
  type BodiesFor,
  type RegisteredLast,
  idsOfRecord,
  registeredLast,
  showDesk,
  showExperience
} from '#server/organisations'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { holdsOn } from './mandate.ts'
import { mandatesOnRecord } from './store.server.ts'
import { today } from './who-handles.server.ts'

export type SupportHolding = {
  database: Database
  programmes: Programmes
  clock: () => Temporal.Instant
  bodiesFor: BodiesFor
}

/** Who needs more support, as the guide counts; undefined: neither, or not known. */
export type Support = 'newcomer' | 'less-experienced'

/** An organisation that was registered not long ago, for the officers who support it. */
export type ToSupport = Omit<RegisteredLast, 'registered_at'> & {
  registeredAt: string
  support: Support | undefined
  /** The last day on which it was advised, by whichever body. */
  advisedOn: string | undefined
}

/** What waits for the officer in the module of organisations. */
export type OrganisationsWaiting = { requests: number; pairs: number }

/** With an action: new to it, or seldom supported in it; without: new to every action. */
export async function supportOf(
  app: SupportHolding,
  caller: Caller,
  organisation: string,
  action: string | null
): Promise<Support | undefined> {
  const shown = await showExperience(app, caller, organisation)
  if (isRefused(shown)) return undefined
  if (action === null) return shown.grants.length === 0 ? 'newcomer' : undefined
  const experience = shown.actions.find((one) => one.action === action)
  if (experience?.newcomer === 'yes') return 'newcomer'
  return experience?.lessExperienced === 'yes' ? 'less-experienced' : undefined
}

// Enough for a glance each morning; the list of organisations has the rest.
const mostToSupport = 8

/** The organisations that registered last in the countries whose actions the body manages. */
export async function toSupport(app: SupportHolding, caller: Caller, body: string): Promise<ToSupport[]> {
  const mandates = await mandatesOnRecord(app.database, body)
  const countries = mandates
    .filter((mandate) => mandate.purpose === 'manages-actions' && holdsOn(mandate, today(app)))
    .flatMap(({ countries }) => countries ?? [])
  if (countries.length === 0) return []
  const last = await registeredLast(app.database, [...new Set(countries)], mostToSupport)
  return Promise.all(
    last.map(async ({ registered_at, ...organisation }) => ({
      ...organisation,
      registeredAt: registered_at.toString(),
      support: await supportOf(app, caller, organisation.id, null),
      advisedOn: await lastAdvised(app.database, organisation.id)
    }))
  )
}

async function lastAdvised(database: Database, organisation: string): Promise<string | undefined> {
  const ids = await idsOfRecord(database, organisation)
  const { rows } = await sql<{ on: Temporal.PlainDate | null }>`
    select max(advised_on) as on from directory.advice
    where organisation = any(${ids}::uuid[]) and struck_at is null`.execute(database)
  return rows[0]?.on?.toString()
}

/** How many requests to join, and perhaps equal records, wait for the officer. */
export async function organisationsWaiting(
  app: SupportHolding,
  caller: Caller
): Promise<OrganisationsWaiting> {
  const desk = await showDesk(app, caller)
  return isRefused(desk)
    ? { requests: 0, pairs: 0 }
    : { requests: desk.requests.length, pairs: desk.pairs.length }
}
