import type { Temporal } from 'temporal-polyfill'
import type { Handling, HandlingQuestion } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Body, BodyKind, Unit } from './body.ts'
import { calledIn } from './body.ts'
import { type MandateOnRecord, holdsOn } from './mandate.ts'
import { bodiesOnRecord, bodyOnRecord, mandatesOnRecord, unitsOnRecord } from './store.server.ts'
import { type HandlingInDetail, handlingOf, today } from './who-handles.server.ts'

/** Who carries out the programme is public. */
export const permission = 'public'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** What people call some bodies, by id: the short name where there is one. Unknown ids are left out. */
export async function bodyNames(
  database: Database,
  ids: readonly string[],
  language: Language
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const bodies = await bodiesOnRecord(database, ids)
  return new Map(bodies.map((body) => [body.id, calledIn(language, body)]))
}

export type BodyShown = {
  body: Body
  units: Unit[]
  mandates: MandateOnRecord[]
  supervisor: Body | undefined
}

/** Everything public about a body: units and mandates, those that ended included. undefined: there is none. */
export async function showBody(app: Holding, id: string): Promise<BodyShown | undefined> {
  const body = await bodyOnRecord(app.database, id)
  if (!body) return undefined
  const [units, mandates, supervisor] = await Promise.all([
    unitsOnRecord(app.database, id),
    mandatesOnRecord(app.database, id),
    body.supervisedBy ? bodyOnRecord(app.database, body.supervisedBy) : undefined
  ])
  return { body, units, mandates, supervisor }
}

export type BodyListed = { body: Body; mandates: MandateOnRecord[] }

/** The bodies of today, each with the mandates that hold today. */
export async function listBodies(app: Holding): Promise<BodyListed[]> {
  const [bodies, mandates] = await Promise.all([bodiesOnRecord(app.database), mandatesOnRecord(app.database)])
  const day = today(app)
  return bodies
    .filter(({ endedOn }) => endedOn === null || endedOn >= day.toString())
    .map((body) => ({
      body,
      mandates: mandates.filter((mandate) => mandate.body === body.id && holdsOn(mandate, day))
    }))
}

/** Who handles an action of an edition for an applicant of a country; see WhoHandles of `programmes`. */
export async function whoHandles(app: Holding, question: HandlingQuestion): Promise<Handling[]> {
  const lines = await handlingOf(app, question)
  return lines.map((line) => ({
    ...line,
    handlers: line.handlers.map(({ mandate: _mandate, ...handler }) => handler)
  }))
}

/** The same, with the mandate that each answer follows from. */
export async function handlingInDetail(
  app: Holding,
  question: HandlingQuestion
): Promise<HandlingInDetail[]> {
  return handlingOf(app, question)
}

/**
 * The bodies whose mandate reaches a country today, by id: those of the country itself before those of all Europe.
 * @param kind only bodies of a kind, such as national-agency
 */
export async function bodiesFor(app: Holding, country: string, kind?: BodyKind): Promise<string[]> {
  const listed = await listBodies(app)
  const reached = listed.filter(
    ({ body, mandates }) =>
      (kind === undefined || body.kinds.includes(kind)) &&
      mandates.some(({ countries }) => countries === null || countries.includes(country))
  )
  const own = ({ body }: BodyListed) => (body.country === country ? 0 : 1)
  return reached.sort((a, b) => own(a) - own(b)).map(({ body }) => body.id)
}
