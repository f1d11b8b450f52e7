import { Temporal } from 'temporal-polyfill'
import type { Field, Handler, Handling, HandlingQuestion } from '#modules/programmes'
import { type ActionView, type Programmes, showAction } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import {
  type Mandate,
  type MandateAnswer,
  type MandateOnRecord,
  type Mandated,
  mandateFor
} from './mandate.ts'
import { type OnRecord, onRecord } from './on-record.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** A line of the answer, each handler with the mandate it follows from. */
export type HandlingInDetail = Omit<Handling, 'handlers'> & {
  handlers: (Handler & { mandate: MandateOnRecord })[]
}

/** Today, where the programme's clock is. */
export function today(app: Pick<Holding, 'clock'>): Temporal.PlainDate {
  return app.clock().toZonedDateTimeISO('Europe/Brussels').toPlainDate()
}

/**
 * Who handles an action of an edition: national agency or executive agency by the rule files, and which of them by
 * the mandates. Fields with the same answer come together. [] when the action did not exist in the edition.
 */
export async function handlingOf(app: Holding, question: HandlingQuestion): Promise<HandlingInDetail[]> {
  const view = showAction(app, question.action, question.edition)
  if (!view) return []
  return handling(question, view, await onRecord(app.database), today(app))
}

type ManagedBy = ActionView['managedBy'][number]

/** The same as a pure decision. */
export function handling(
  question: HandlingQuestion,
  view: Pick<ActionView, 'fields' | 'managedBy'>,
  { bodies, units, mandates }: OnRecord,
  today: Temporal.PlainDate
): HandlingInDetail[] {
  const on = question.on ? Temporal.PlainDate.from(question.on) : today
  const lines = view.managedBy.flatMap((managed) =>
    fieldsOf(managed, view.fields)
      .filter((field) => question.field === undefined || field === question.field)
      .map((field) => ({ managed, field, ...answerFor(question, managed, field, mandates, on) }))
  )
  const alike = Map.groupBy(lines, ({ managed, answer, missing }) =>
    JSON.stringify([view.managedBy.indexOf(managed), missing, answer && namesIn(answer)])
  )
  return [...alike.values()].map((group): HandlingInDetail => {
    const [{ managed, answer, missing }] = group as [(typeof group)[number]]
    return {
      fields: group.map(({ field }) => field),
      managedBy: managed.body,
      ...(managed.note && { note: managed.note }),
      onlyEuropeanNgo: managed.when?.some?.['european-ngo'] === true,
      handlers: answer ? mandatedIn(answer).map((one) => handler(one, { bodies, units, mandates })) : [],
      ...(missing && { missing })
    }
  })
}

function fieldsOf({ when }: ManagedBy, all: readonly Field[]): Field[] {
  if (when?.field === undefined) return [...all]
  const named = (Array.isArray(when.field) ? when.field : [when.field]) as readonly string[]
  return all.filter((field) => named.includes(field))
}

function answerFor(
  { action, country }: HandlingQuestion,
  managed: ManagedBy,
  field: Field,
  mandates: readonly Mandate[],
  on: Temporal.PlainDate
): { answer?: MandateAnswer; missing?: Handling['missing'] } {
  const answer = mandateFor(
    { purpose: 'manages-actions', kind: managed.body, country, field, action, on },
    mandates
  )
  // Each country has an agency of its own: without the country, those on record would be named at random.
  if (managed.body === 'national-agency' && country === undefined) return { missing: 'country' }
  if (answer.answer !== 'none') return { answer }
  return { missing: answer.because === 'not-that-day' ? 'not-that-day' : 'nobody' }
}

function mandatedIn(answer: MandateAnswer): Mandated[] {
  if (answer.answer === 'body') return [answer]
  return answer.answer === 'several' ? answer.bodies : []
}

const namesIn = (answer: MandateAnswer) => mandatedIn(answer).map(({ body, unit }) => [body, unit])

function handler(
  { body: id, unit, mandate }: Mandated,
  { bodies, units, mandates }: OnRecord
): HandlingInDetail['handlers'][number] {
  const body = bodies.find((one) => one.id === id)!
  return {
    body: id,
    names: body.names,
    short: body.short,
    unit: units.find((one) => one.id === unit)?.names ?? null,
    website: body.contacts.find(({ kind }) => kind === 'website')?.value ?? null,
    mandate: mandates.find((one) => one.id === mandate.id)!
  }
}
