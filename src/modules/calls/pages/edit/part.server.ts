import { error, fail, redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { rowChange } from '#shared/design/row-change.ts'
import { refuseForm, refuseLoad, spoken } from '#shared/forms/page-answer.ts'
import { type Typed, readInput, typedIn } from '#shared/forms/read-form.ts'
import { type Problem, type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Caller } from '#shared/identity/index.ts'
import { fileRefusalText } from '#shared/files/index.ts'
import { type Language, formatInstant, texts } from '#shared/texts/index.ts'
import { addDocument } from '../../actions/add-document.ts'
import { type SavedMeanwhile, saveCall } from '../../actions/save-call.ts'
import { inLanguageOf } from '../../call.ts'
import type { CallAtDesk } from '../../desk-view.server.ts'
import { callAtDesk } from '../../reads.ts'
import { type SpokenChange, labelOf, sayChange, speechFor } from '../../speech.server.ts'
import { changeSchema } from '../../terms-schema.server.ts'
import { type PartContext, contextOf, formFrom, groupsOf, typedOf } from './part-form.server.ts'
import { type Part, isPart, partOf, parts } from './parts.ts'
import { rowsOf, textOf, withRows } from './form-values.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string; part: string }
  url: URL
}

/** What somebody else saved while this form was open. */
export type Meanwhile = { by: string | null; at: string; changes: SpokenChange[]; clashes: string[] }

/** A step of the editor that comes back, perhaps with what somebody else saved meanwhile. */
export type ReturnedPart = ReturnedForm & { meanwhile?: Meanwhile | undefined }

/** A step of the editor: a form filled with what stands now. */
export async function load(event: Event) {
  const { app, language } = event.locals
  const { desk, part } = await atHand(event)
  const context = contextOf(app, desk, language)
  const { call, what } = desk
  const own = what.problems.filter(({ field }) => partOf(field) === part)
  return {
    code: call.code,
    part,
    number: parts.indexOf(part) + 1,
    count: parts.length,
    next: parts[parts.indexOf(part) + 1],
    title: inLanguageOf(what.terms.title, language) || call.code,
    kind: call.kind,
    revision: call.revision,
    typed: typedOf(part, what.terms, context),
    context,
    open: spoken(own, language),
    corrigendum: what.corrigendum && inLanguageOf(what.corrigendum.reason, language)
  }
}

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, language, caller } = event.locals
    const form = await event.request.formData()
    const typed = typedIn(form)
    const { desk, part } = await atHand(event)
    const context = contextOf(app, desk, language)
    if (part === 'papers' && textOf(typed, 'do') === 'add-file') return addFile(event, typed, form)
    const changed = withButtons(part, typed, form)
    if (changed) return { typed: changed, problems: [], refused: 'invalid' as const }

    const read = formFrom(part, typed, context)
    if ('problems' in read) return refuseForm(invalid(read.problems), event, typed)
    const tidy = readInput(changeSchema, read.change)
    if ('problems' in tidy) return refuseForm(invalid(tidy.problems.map(inForm)), event, typed)
    const revision = Number(textOf(typed, 'revision'))
    const outcome = await saveCall(app, caller, event.params.call, { revision, change: tidy.data })
    if (isRefused(outcome)) return refuseSaving(outcome, event, typed, { part, context })
    const next = parts[parts.indexOf(part) + 1]
    const on = textOf(typed, 'do') === 'next' && next ? `/${next}` : ''
    redirect(303, `/${language}/calls/${event.params.call}/edit${on}?saved=${part}`)
  }
}

/** Takes a file and puts it into the list, which is saved with the rest of the form. */
async function addFile(event: Event, typed: Typed, form: FormData) {
  const { app, caller, language } = event.locals
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) {
    return refuseForm(invalid([{ field: 'file', key: 'form.missing' }]), event, typed)
  }
  const added = await addDocument(app, caller, event.params.call, { content: file, name: file.name })
  if (isRefused(added)) return refuseForm(added, event, typed)
  if ('refused' in added) {
    const message = fileRefusalText(added, texts(language))
    return fail(422, { typed, problems: [{ field: 'file', message }], refused: 'invalid' as const })
  }
  const index = rowsOf(typed, 'documents')
  const row = { title: added.title, address: added.address, language: '' }
  const named = Object.entries(row).map(([name, value]) => [`documents.${index}.${name}`, value] as const)
  return { typed: { ...typed, ...Object.fromEntries(named) }, problems: [], refused: 'invalid' as const }
}

/** The call and the step that an address names, for who may write. */
async function atHand(event: Event): Promise<{ desk: CallAtDesk; part: Part }> {
  const { app, caller } = event.locals
  const { call, part } = event.params
  if (!isPart(part)) error(404, { message: 'no such step' })
  const desk = await callAtDesk(app, caller, call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  if (!desk.writes) return refuseLoad(refused('not-allowed'), event)
  return { desk, part }
}

/** The form after a button that adds or removes something; undefined when it is to be saved. */
function withButtons(part: Part, typed: Typed, form: FormData): Typed | undefined {
  for (const { group, fields } of groupsOf(part)) {
    const change = rowChange(form, group)
    if (change) return withRows(typed, group, fields, change)
  }
  if (part === 'texts' && textOf(typed, 'do') === 'add-language') {
    const shown = Array.isArray(typed.languages) ? typed.languages : [textOf(typed, 'languages')]
    return { ...typed, languages: [...shown, textOf(typed, 'add-language')] }
  }
  return undefined
}

/** Somebody saved meanwhile: the form comes back with both put together, and with what the other changed. */
function refuseSaving(
  outcome: Refused,
  event: Event,
  typed: Typed,
  { part, context }: { part: Part; context: PartContext }
) {
  if (outcome.refused !== 'changed') return refuseForm(outcome, event, typed)
  const { language, app } = event.locals
  const current = outcome.current as SavedMeanwhile
  const speech = speechFor(app, language)
  const failure = refuseForm(outcome, event, {
    ...typedOf(part, current.merged, context),
    revision: String(current.revision)
  })
  const meanwhile: Meanwhile = {
    by: current.by,
    at: formatInstant(current.at, language),
    changes: current.theirs.map((change) => sayChange(change, speech)),
    clashes: current.clashes.map((field) => labelOf(field, speech))
  }
  return fail(failure.status, { ...failure.data, current: undefined, meanwhile })
}

function invalid(problems: readonly Problem[]): Refused {
  return refused('invalid', { problems })
}

/** Paths of terms as names of form fields, where the two differ. */
function inForm(problem: Problem): Problem {
  const field = problem.field
    .replace(/^(opens|deadline)\.(day|hour)$/, (_, name: string, which: string) =>
      which === 'hour' ? `${name}-hour` : name
    )
    .replace(/^assessment\.experts\.(\d+)\.upToCents$/, 'experts.$1.upTo')
    .replace(/^assessment\.experts\.(\d+)\.experts$/, 'experts.$1.experts')
    .replace(/^assessment\.thirdExpert\..*$/, 'third')
    .replace(/^assessment\.thresholdPoints$/, 'threshold')
    .replace(/^budget\.cents$/, 'total')
    .replace(/^budget\..*$/, 'total')
    .replace(/^(languages|priorities)\.\d+$/, '$1')
  return { ...problem, field }
}
