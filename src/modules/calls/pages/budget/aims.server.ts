import { redirect } from '@sveltejs/kit'
import { listActions, listPriorities } from '#server/programmes'
import { rowChange } from '#shared/design/row-change.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Typed, typedIn } from '#shared/forms/read-form.ts'
import { type Problem, isRefused, refused } from '#shared/forms/refused.ts'
import { isLongerThan, tidyLine } from '#shared/forms/tidy-text.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { saveYearPlan } from '../../actions/save-year-plan.ts'
import { commission, ofTheYear } from '../../permissions.ts'
import { yearBudget } from '../../reads.ts'
import type { Target, YearPlan } from '../../year-plan.ts'
import { listOf, numberOf, rowsOf, textOf, withRows } from '../edit/form-values.ts'
import { type PlanEvent, editionOf, refusePlan } from './plan-form.server.ts'

const targetRow = ['en', 'lv', 'action', 'number'] as const

/** Priorities and targets of a year. */
export async function load(event: PlanEvent) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, ofTheYear, { body: commission })
  if (no) return refuseLoad(no, event)
  const edition = editionOf(event)
  const { plan, revision } = await yearBudget(app, edition)
  return {
    edition,
    revision,
    priorities: listPriorities(app, edition).map(({ id, kind, field, names }) => ({
      id,
      name: names[language],
      kind,
      field
    })),
    actions: listActions(app, edition).map(({ action, names }) => ({
      value: action,
      label: names[language]
    })),
    typed: typedOf(plan)
  }
}

export const actions = {
  default: async (event: PlanEvent & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const typed = typedIn(form)
    const edition = editionOf(event)
    const no = refusalFor(caller, ofTheYear, { body: commission })
    if (no) return refuseForm(no, event, typed)
    const change = rowChange(form, 'targets')
    if (change)
      return {
        typed: withRows(typed, 'targets', targetRow, change),
        problems: [],
        refused: 'invalid' as const
      }
    const read = aimsFrom(typed)
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, typed)
    const { plan } = await yearBudget(app, edition)
    const revision = Number(textOf(typed, 'revision'))
    const outcome = await saveYearPlan(app, caller, edition, { revision, plan: { ...plan, ...read.aims } })
    if (isRefused(outcome)) return refusePlan(outcome, event, typed, typedOf)
    redirect(303, `/${language}/calls/budget?edition=${edition}#aims`)
  }
}

function typedOf({ priorities, targets }: YearPlan): Typed {
  const rows = targets.flatMap(({ says, action, number }, index) => [
    [`targets.${index}.en`, says.en],
    [`targets.${index}.lv`, says.lv],
    [`targets.${index}.action`, action ?? ''],
    [`targets.${index}.number`, String(number)]
  ])
  return { ...Object.fromEntries(rows), priorities: [...priorities] }
}

function aimsFrom(
  typed: Typed
): { aims: Pick<YearPlan, 'priorities' | 'targets'> } | { problems: Problem[] } {
  const problems: Problem[] = []
  const targets = Array.from({ length: rowsOf(typed, 'targets') }).flatMap((_, index): Target[] => {
    const text = (name: string) => tidyLine(textOf(typed, `targets.${index}.${name}`))
    const number = numberOf(typed, `targets.${index}.number`, problems)
    if (text('en') === '' && text('lv') === '' && number === null) return []
    for (const language of ['lv', 'en']) {
      if (text(language) === '') problems.push({ field: `targets.${index}.${language}`, key: 'form.missing' })
      if (isLongerThan(text(language), 200)) {
        problems.push({ field: `targets.${index}.${language}`, key: 'form.too-long', args: { most: 200 } })
      }
    }
    if (number === null) problems.push({ field: `targets.${index}.number`, key: 'form.missing' })
    return [{ says: { en: text('en'), lv: text('lv') }, action: text('action') || null, number: number ?? 0 }]
  })
  return problems.length > 0 ? { problems } : { aims: { priorities: listOf(typed, 'priorities'), targets } }
}
