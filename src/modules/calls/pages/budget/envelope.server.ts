import { error, redirect } from '@sveltejs/kit'
import { listActions, showAction } from '#server/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Typed, typedIn } from '#shared/forms/read-form.ts'
import { type Problem, isRefused, refused } from '#shared/forms/refused.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { saveYearPlan } from '../../actions/save-year-plan.ts'
import { allBodies } from '../../bodies.server.ts'
import { commission, ofTheYear } from '../../permissions.ts'
import { yearBudget } from '../../reads.ts'
import { type Envelope, type YearPlan, envelopeProblems } from '../../year-plan.ts'
import { centsOf, euroText, textOf } from '../edit/form-values.ts'
import { type PlanEvent, editionOf, refusePlan } from './plan-form.server.ts'

type Event = PlanEvent & { params: { action: string } }

/** The money of one action in a year, and what each body gets of it. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, ofTheYear, { body: commission })
  if (no) return refuseLoad(no, event)
  const edition = editionOf(event)
  const action = listActions(app, edition).find((one) => one.action === event.params.action)
  if (!action) error(404, { message: 'no such action' })
  const { plan, revision } = await yearBudget(app, edition)
  const envelope = plan.envelopes[action.action]
  const bodies = await bodiesFor(event, action.action, envelope)
  return {
    edition,
    action: action.action,
    name: action.names[language],
    revision,
    bodies: bodies.map(({ id, names }) => ({ id, name: names[language] })),
    typed: typedOf(envelope)
  }
}

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const typed = typedIn(await event.request.formData())
    const edition = editionOf(event)
    const no = refusalFor(caller, ofTheYear, { body: commission })
    if (no) return refuseForm(no, event, typed)
    const { action } = event.params
    const read = envelopeFrom(typed)
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, typed)
    const { plan } = await yearBudget(app, edition)
    const envelopes = { ...plan.envelopes }
    if (read.envelope) envelopes[action] = read.envelope
    else delete envelopes[action]
    const revision = Number(textOf(typed, 'revision'))
    const outcome = await saveYearPlan(app, caller, edition, { revision, plan: { ...plan, envelopes } })
    if (isRefused(outcome)) {
      return refusePlan(outcome, event, typed, (merged: YearPlan) => typedOf(merged.envelopes[action]))
    }
    redirect(303, `/${language}/calls/budget?edition=${edition}`)
  }
}

/** Bodies that may carry the action out, and those that get something already. */
async function bodiesFor(
  { locals: { app, language } }: Event,
  action: string,
  envelope: Envelope | undefined
) {
  const edition = app.programmes.editions.find((year) => showAction(app, action, year))!
  const managing = new Set(showAction(app, action, edition)?.managedBy.map(({ body }) => body))
  const given = new Set(envelope?.bodies.map(({ body }) => body))
  return [...(await allBodies(app)).values()]
    .filter(({ id, kind }) => given.has(id) || (kind !== 'other' && managing.has(kind)))
    .toSorted((a, b) => a.names[language].localeCompare(b.names[language], language))
}

function typedOf(envelope: Envelope | undefined): Typed {
  return {
    total: euroText(envelope?.cents ?? null),
    ...Object.fromEntries(
      (envelope?.bodies ?? []).map(({ body, cents }) => [`body.${body}`, euroText(cents)])
    )
  }
}

function envelopeFrom(typed: Typed): { envelope: Envelope | undefined } | { problems: Problem[] } {
  const problems: Problem[] = []
  const cents = centsOf(typed, 'total', problems)
  const bodies = Object.keys(typed).flatMap((name) => {
    const body = /^body\.([a-z0-9-]{1,80})$/.exec(name)?.[1]
    const part = body === undefined ? null : centsOf(typed, name, problems)
    return body === undefined || part === null ? [] : [{ body, cents: part }]
  })
  if (cents === null && bodies.length > 0)
    problems.push({ field: 'total', key: 'calls.problem.budget-missing' })
  const envelope = cents === null ? undefined : { cents, bodies }
  if (envelope)
    problems.push(...envelopeProblems(envelope).map((problem) => ({ ...problem, field: 'total' })))
  return problems.length > 0 ? { problems } : { envelope }
}
