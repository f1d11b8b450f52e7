import { redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { listActions, listPlaces } from '#server/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Typed, readInput, typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { removeBudgetLine } from '../../actions/remove-budget-line.ts'
import { saveAnswer } from '../../actions/save-answer.ts'
import { saveBudgetLine } from '../../actions/save-budget-line.ts'
import { lineId, plannedCost, seenVersion, viewName } from '../../budget/budget-input.server.ts'
import { lineOf } from '../../budget/budget-store.server.ts'
import { callOfDraft } from '../../form-of-draft.server.ts'
import { kilometresBetween } from '../../budget/places.ts'
import { typedOf } from '../../budget/typed-line.ts'
import { newRow } from '../../path.ts'
import type { DraftEvent } from '../draft-page.server.ts'
import { budgetAtWork } from '../../reads.ts'

/** The budget of a draft: its lines as fields, and all that they are computed with. */
export async function load(event: DraftEvent) {
  const { app, language, caller } = event.locals
  const found = await budgetAtWork(app, caller, event.params.application)
  if (isRefused(found)) return refuseLoad(found, event)
  const { outline, access, rules, draft, lines } = found
  const action = listActions(await callOfDraft(app, outline), outline.edition).find(
    (one) => one.action === outline.action
  )
  const view = viewName.safeParse(event.url.searchParams.get('view'))
  const writes = outline.state === 'draft' && access.participant.state === 'accepted'
  return {
    code: outline.code,
    person: event.locals.caller.person ?? '',
    title: outline.title,
    action: action?.names[language] ?? outline.action,
    edition: outline.edition,
    isDraft: outline.state === 'draft',
    /** Whose lines the reader may write. */
    writes: writes ? (access.editsAll ? ('all' as const) : access.participant.id) : undefined,
    own: access.participant.id,
    rules,
    draft: { ...draft, lines: [] },
    lines: lines.map((line) => ({ id: line.id, version: line.version, typed: typedOf(lineOf(line)) })),
    lumpSumVersion: found.answers.get('budget.lump-sum')?.version ?? 0,
    places: listPlaces(app),
    view: view.success ? view.data : ('participant' as const),
    /** A fresh line of this category is asked for; its id, so that it is made once. */
    adding: { category: event.url.searchParams.get('add') ?? undefined, id: newRow() }
  }
}

export const actions = {
  save: async (event: DraftEvent & { request: Request }) => {
    const { app, caller } = event.locals
    const typed = typedIn(await event.request.formData())
    const id = readInput(lineId, typed.id)
    const seen = readInput(seenVersion, typed.seen)
    const line = readInput(plannedCost, withKilometres(app, typed))
    const problems = [id, seen, line].flatMap((read) => ('problems' in read ? read.problems : []))
    if ('problems' in id || 'problems' in seen || 'problems' in line) {
      return refuseForm(refused('invalid', { problems }), event, typed)
    }
    const asked = { id: id.data, seen: seen.data, line: line.data }
    const saved = await saveBudgetLine(app, caller, event.params.application, asked)
    if (isRefused(saved)) return refuseForm(saved, event, typed)
    return back(event, `#line-${id.data}`)
  },
  remove: async (event: DraftEvent & { request: Request }) => {
    const { app, caller } = event.locals
    const typed = typedIn(await event.request.formData())
    const id = readInput(lineId, typed.id)
    const seen = readInput(seenVersion, typed.seen)
    if ('problems' in id || 'problems' in seen) return refuseForm(refused('invalid'), event, typed)
    const asked = { id: id.data, seen: seen.data }
    const removed = await removeBudgetLine(app, caller, event.params.application, asked)
    return isRefused(removed) ? refuseForm(removed, event, typed) : back(event, '#lines')
  },
  lump: async (event: DraftEvent & { request: Request }) => {
    const { app, caller } = event.locals
    const typed = typedIn(await event.request.formData())
    const save = { base: Number(typed.base) || 0, value: Number(typed.sum) || null }
    const saved = await saveAnswer(app, caller, event.params.application, 'budget.lump-sum', save)
    return isRefused(saved) ? refuseForm(saved, event, typed) : back(event, '#money')
  }
}

/** Kilometres that were left out follow from the two places. */
function withKilometres(app: App, typed: Typed): Typed {
  if (typed.km) return typed
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined)
  const km = kilometresBetween(listPlaces(app), text('from'), text('to'))
  return km === undefined ? typed : { ...typed, km: String(km) }
}

function back({ locals, params }: DraftEvent, anchor: string): never {
  redirect(303, `/${locals.language}/applications/${params.application}/budget${anchor}`)
}
