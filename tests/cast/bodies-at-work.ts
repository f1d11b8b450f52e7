import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { registerOrganisation } from '#server/organisations'
import { type Programmes, loadProgrammes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import type { Role } from '#shared/identity/index.ts'
import { castOf, personActing } from './cast.ts'
import { bodiesFor } from '#server/directory'
import type { SupportHolding } from '../../src/modules/directory/support.server.ts'
import { syncShippedBodies } from '../../src/modules/directory/sync-shipped.server.ts'

let loaded: Programmes | undefined

/** An installation for tests: the shipped programme, with its bodies on record, on 25 November 2026 at noon. */
export async function directoryIn(database: Database, at = '2026-11-25T12:00:00Z'): Promise<SupportHolding> {
  loaded ??= loadProgrammes(join(import.meta.dirname, '../../programmes'))
  const app: SupportHolding = {
    database,
    programmes: loaded,
    clock: () => Temporal.Instant.from(at),
    // As the shell answers.
    bodiesFor: async (_: Database, country: string) => bodiesFor(app, country, 'national-agency')
  }
  await syncShippedBodies(app)
  return app
}

/** A school that Ilze registered, with Maria who may sign for it; Petra and Ieva work for VIAA, Juris for JSPA. */
export async function atWork(database: Database) {
  const app = await directoryIn(database)
  const cast = await castOf(database, { body: 'lv-viaa' })
  const made = await registerOrganisation(app, cast.ilze, {
    name: 'Cēsu Bērzaines pamatskola',
    country: 'LV',
    city: 'Cēsis',
    type: 'school'
  })
  if (isRefused(made)) throw new Error(JSON.stringify(made))
  const { organisation, code } = made
  const somebody = (name: string, role: Role) => personActing(database, { name, role })
  return {
    ...cast,
    app,
    school: { organisation, code },
    maria: await somebody('Maria Skolotāja', { role: 'representative', organisation }),
    ieva: await somebody('Ieva Kļava', { role: 'officer', body: 'lv-viaa' }),
    juris: await somebody('Juris Osis', { role: 'officer', body: 'lv-jspa' })
  }
}

/** What an action gave; a refusal is a failed test. */
export function accepted<Outcome extends object>(outcome: Outcome | Refused): Outcome {
  if (isRefused(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome
}

/** Why an action refused: the reason, then the text keys. */
export function whyNot(outcome: object | Refused): string[] {
  if (!isRefused(outcome)) throw new Error(`Not refused: ${JSON.stringify(outcome)}`)
  return [outcome.refused, ...outcome.problems.map(({ field, key }) => (field ? `${field}: ${key}` : key))]
}
