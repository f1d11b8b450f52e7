import { join } from 'node:path'
import { loadProgrammes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { openInternet } from '#shared/outbound/network.ts'
import { type Registered, registerOrganisation } from './actions/register-organisation.ts'
import type { BodiesFor } from './bodies-for.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../programmes'))

/** Petra's body (tests/cast) looks after the organisations of Latvia, nobody after others. */
const bodiesFor: BodiesFor = async (_database, country) => (country === 'LV' ? ['lv-viaa'] : [])

/** What the actions of this module need of the app. */
export function appOf(database: Database) {
  return { database, programmes, bodiesFor, network: openInternet }
}

/** A school, as somebody would type it in. */
export const school = {
  name: 'Cēsu Bērzaines pamatskola',
  country: 'LV',
  city: 'Cēsis',
  type: 'school',
  website: 'https://berzaine.example.lv',
  oid: 'E10054064',
  registerNumber: '90000076669'
}

/** Registers an organisation that has to be accepted. */
export async function registered(
  database: Database,
  caller: Caller,
  given: Partial<typeof school> = {}
): Promise<Registered> {
  const made = await registerOrganisation(appOf(database), caller, { ...school, ...given })
  if (isRefused(made)) throw new Error(JSON.stringify(made))
  return made
}

/** What an action did; a refusal fails the test. */
export function done<Outcome>(outcome: Outcome): Exclude<Outcome, Refused> {
  if (isRefused(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome as Exclude<Outcome, Refused>
}
