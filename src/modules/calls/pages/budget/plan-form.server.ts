import { error, fail } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { listActions } from '#server/programmes'
import { refuseForm } from '#shared/forms/page-answer.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Refused } from '#shared/forms/refused.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatInstant, texts } from '#shared/texts/index.ts'
import type { PlannedMeanwhile } from '../../actions/save-year-plan.ts'
import type { PlanField } from '../../year-plan.ts'

export type PlanEvent = {
  locals: { app: App; language: Language; caller: Caller }
  params: { edition: string }
  url: URL
}

/** What somebody else saved into the plan while the form was open, in words. */
export type PlanMeanwhile = { by: string | null; at: string; fields: string[]; clashes: string[] }

/** A form of the plan that comes back. */
export type ReturnedPlan = ReturnedForm & { meanwhile?: PlanMeanwhile | undefined }

/** The edition of an address. */
export function editionOf({ locals: { app }, params }: PlanEvent): number {
  const edition = Number(params.edition)
  if (!app.programmes.editions.includes(edition)) error(404, { message: 'no such edition' })
  return edition
}

/**
 * Answers a form of the plan that was refused. Where somebody saved meanwhile it comes back with both put together.
 * @param typedOf fills the form from a plan
 */
export function refusePlan(
  outcome: Refused,
  event: PlanEvent,
  typed: Typed,
  typedOf: (merged: PlannedMeanwhile['merged']) => Typed
) {
  if (outcome.refused !== 'changed') return refuseForm(outcome, event, typed)
  const { language, app } = event.locals
  const current = outcome.current as PlannedMeanwhile
  const names = new Map(listActions(app).map(({ action, names }) => [action, names[language]]))
  const t = texts(language)
  const say = (field: PlanField) => {
    if (field === 'priorities') return t('calls.field.priorities')
    if (field === 'targets') return t('calls.year.targets')
    const action = field.slice('envelope.'.length)
    return names.get(action) ?? action
  }
  const failure = refuseForm(outcome, event, {
    ...typedOf(current.merged),
    revision: String(current.revision)
  })
  const meanwhile: PlanMeanwhile = {
    by: current.by,
    at: formatInstant(current.at, language),
    fields: current.theirs.map(({ field }) => say(field)),
    clashes: current.clashes.map(say)
  }
  return fail(failure.status, { ...failure.data, current: undefined, meanwhile })
}
