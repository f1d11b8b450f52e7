import type { Temporal } from 'temporal-polyfill'
import type { Field } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, notNow } from '#shared/forms/refused.ts'
import { type Mandated, mandateFor } from './mandate.ts'
import { mandatesOnRecord } from './store.server.ts'
import { handlingOf, today } from './who-handles.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** What somebody wants advice on. */
export type AboutWhat = {
  country: string
  action: string | undefined
  edition: number
  field: Field | undefined
}

/** Where something goes. */
export type Route = { body: string; unit: string | null; mandate: string }

/**
 * Which body, and which of its units, a question goes to: with an action whoever manages it, otherwise whoever
 * informs applicants of the country and the field. Refuses in words when more must be said, or nobody is on record.
 */
export async function routeOf(app: Holding, about: AboutWhat): Promise<Route | Refused> {
  return about.action === undefined ? byInforming(app, about) : byManaging(app, about, about.action)
}

async function byManaging(app: Holding, { country, edition, field }: AboutWhat, action: string) {
  const lines = await handlingOf(app, { action, edition, country, field })
  if (lines.length === 0) return invalid('action', 'directory.advice.not-then', { edition: String(edition) })
  // What only a European NGO would be told is no reason to ask everybody else which they are.
  const usual = lines.some(({ onlyEuropeanNgo }) => !onlyEuropeanNgo)
    ? lines.filter(({ onlyEuropeanNgo }) => !onlyEuropeanNgo)
    : lines
  const routes = usual.flatMap(({ handlers }) =>
    handlers.map(({ body, mandate }) => ({ body, unit: mandate.unit, mandate: mandate.id }))
  )
  const [first] = routes
  if (!first) return notNow('directory.advice.nobody')
  if (routes.some(({ body }) => body !== first.body)) return invalid('field', 'directory.advice.say-field')
  return routes.every(({ unit }) => unit === first.unit) ? first : { ...first, unit: null }
}

async function byInforming(app: Holding, { country, field }: AboutWhat): Promise<Route | Refused> {
  const question = { purpose: 'informs-applicants', country, field, on: today(app) } as const
  const answer = mandateFor(question, await mandatesOnRecord(app.database))
  if (answer.answer === 'body') return toRoute(answer)
  if (answer.answer === 'none') return notNow('directory.advice.nobody')
  return answer.ask.includes('field')
    ? invalid('field', 'directory.advice.say-field')
    : toRoute(answer.bodies[0]!)
}

const toRoute = ({ body, unit, mandate }: Mandated): Route => ({ body, unit, mandate: mandate.id })
