import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { comesBack } from '#shared/forms/begun.ts'
import { line, oneOf, optionalParagraphs } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput, typedIn } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { formatMoment } from '#shared/texts/index.ts'
import { decideSuggestion, decisions } from '../../actions/decide-suggestion.ts'
import { endTask, endings } from '../../actions/end-task.ts'
import { giveTask } from '../../actions/give-task.ts'
import { suggestChange } from '../../actions/suggest-change.ts'
import { pathWords } from '../../copies/path-words.ts'
import { formOfDraft } from '../../form-of-draft.server.ts'
import { fieldAt } from '../../form/filled.ts'
import { formsBefore } from '../../form/kept-forms.server.ts'
import { askedIn } from '../../form/set-aside.ts'
import type { ApplicationForm } from '#modules/programmes'
import type { Answer } from '../../application.ts'
import { readPath } from '../../path.ts'
import { colleaguesInDraft, discussionInDraft, draftAtWork } from '../../reads.ts'
import { standingOf } from '../../writing/part.server.ts'
import { piecesAround } from '../../writing/pieces.ts'
import type { DraftEvent } from '../draft-page.server.ts'
import { applicationAddress, discussionAddress, sectionAddress } from '../application-page.ts'
import { begunInDiscussion, shownAs } from './begun-in-discussion.server.ts'
import { actOnTalk } from './talk-act.server.ts'
import { talkView } from './talk-view.server.ts'

type Posted = DraftEvent & { request: Request }

/** What people say to each other about a draft, and whom they asked to write what; with `?path=` about one part. */
export async function load(event: DraftEvent) {
  const { app, caller, language } = event.locals
  const { application } = event.params
  const path = event.url.searchParams.get('path') ?? undefined
  const [draft, discussion, colleagues] = await Promise.all([
    draftAtWork(app, caller, application),
    discussionInDraft(app, caller, application, path),
    colleaguesInDraft(app, caller, application)
  ])
  if (isRefused(draft)) return refuseLoad(draft, event)
  if (isRefused(discussion)) return refuseLoad(discussion, event)
  if (isRefused(colleagues)) return refuseLoad(colleagues, event)
  const { outline, access, answers } = draft
  const form = await formOfDraft(app, outline)
  const standing =
    path === undefined ? 'stands' : standingOf(form, outline, path, (list) => answers.get(list)?.value)
  if (standing === 'no-such-field') return refuseLoad(refused('not-found'), event)
  const before = await formsBefore(app.database, outline)
  const about = (of: string) => {
    const asked = askedIn(form, before, of)
    const path = asked?.path ?? of
    return {
      what: pathWords(path, [asked?.form ?? form], language),
      href: sectionAddress(language, outline.code, readPath(path) ?? { section: form.sections[0]!.id })
    }
  }
  const me = caller.person
  return {
    code: outline.code,
    title: outline.title,
    path,
    about: path === undefined ? undefined : about(path),
    standing,
    says: outline.state !== 'withdrawn',
    talks: discussion.talks.map((talk) => ({ ...talkView(talk, language), ...about(talk.path) })),
    suggestions: discussion.suggestions.map(({ id, path, note, by, at, delta }) => ({
      ...about(path),
      id,
      note,
      by: by.name,
      at: formatMoment(at, language),
      pieces: piecesAround(answers.get(path)?.text ?? '', delta),
      own: by.person === me,
      decides: access.edits(path) && outline.state === 'draft'
    })),
    suggests:
      outline.state === 'draft' && path !== undefined && standing === 'stands'
        ? textIn(form, answers, path)
        : undefined,
    tasks: discussion.tasks.map((task) => ({
      id: task.id,
      ...about(task.path),
      for: task.for.name,
      by: task.by.name,
      note: task.note,
      mine: task.for.person === me,
      ends: task.for.person === me || task.by.person === me
    })),
    mayAsk: path !== undefined && standing === 'stands' && outline.state === 'draft' && access.edits(path),
    history: path !== undefined && isField(form, path),
    form: randomUUID(),
    colleagues: colleagues.map(({ id, name }) => ({ value: id, label: name }))
  }
}

const isField = (form: Parameters<typeof fieldAt>[0], path: string) => {
  const field = fieldAt(form, path)
  return field !== undefined && field !== 'rows'
}

/** The text of a question as it stands, for who proposes another; undefined where it is no text. */
function textIn(form: ApplicationForm, answers: ReadonlyMap<string, Answer>, path: string) {
  const field = fieldAt(form, path)
  if (!field || field === 'rows' || (field.kind !== 'text' && field.kind !== 'line')) return undefined
  const { version, text } = answers.get(path) ?? { version: 0, text: '' }
  return { base: version, text: text ?? '', shown: shownAs(text ?? '') }
}

/** What a button says: what to do, and with which of several. */
const aboutOneOf = <const Whats extends readonly [string, ...string[]]>(whats: Whats) =>
  z
    .string('form.not-understood')
    .transform((given) => ({ what: given.split(':')[0], id: given.split(':')[1] }))
    .pipe(z.object({ what: oneOf(whats), id: z.uuid('form.not-understood') }))

const suggesting = z.object({
  path: line(),
  base: z.coerce.number('form.not-a-number').int('form.not-a-number').min(0, 'form.too-small'),
  proposed: z.string('form.missing'),
  why: optionalParagraphs()
})
const deciding = z.object({ decision: aboutOneOf(decisions) })
const asking = z.object({ path: line(), person: z.uuid('form.missing'), note: optionalParagraphs() })
const ending = z.object({ ending: aboutOneOf(endings) })

export const actions = {
  talk: async (event: Posted) => {
    const form = await event.request.formData()
    const draft = await draftAtWork(event.locals.app, event.locals.caller, event.params.application)
    if (isRefused(draft)) return refuseForm(draft, event, form)
    const typed = typedIn(form)
    const said = await actOnTalk(event.locals, draft.outline.code, typed)
    if (isRefused(said)) return refuseForm(said, event, form)
    return comesBack(begunInDiscussion(typed, said.done)) ?? redirect(303, hereAgain(event))
  },
  ask: (event: Posted) =>
    act(event, asking, (app, caller, code, given) => giveTask(app, caller, code, given), ['person', 'note']),
  end: (event: Posted) =>
    act(event, ending, (app, caller, code, { ending: { id, what } }) => endTask(app, caller, code, id, what)),
  suggest: (event: Posted) =>
    act(
      event,
      suggesting,
      (app, caller, code, { proposed, why, ...given }) =>
        suggestChange(app, caller, code, { ...given, note: why, text: proposed }),
      ['proposed', 'why']
    ),
  decide: (event: Posted) =>
    act(event, deciding, (app, caller, code, { decision: { id, what } }) =>
      decideSuggestion(app, caller, code, id, what)
    )
}

/** @param done the fields that are done with when it is done */
async function act<Schema extends z.ZodType>(
  event: Posted,
  schema: Schema,
  work: (app: App, caller: Caller, code: string, given: z.output<Schema>) => Promise<unknown>,
  done: readonly string[] = []
) {
  const { app, caller } = event.locals
  const form = await event.request.formData()
  const draft = await draftAtWork(app, caller, event.params.application)
  if (isRefused(draft)) return refuseForm(draft, event, form)
  const typed = typedIn(form)
  const read = readInput(schema, typed)
  if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
  const outcome = await work(app, caller, draft.outline.code, read.data)
  if (isRefused(outcome)) return refuseForm(ofTheWhole(outcome), event, form)
  return comesBack(begunInDiscussion(typed, done)) ?? redirect(303, hereAgain(event))
}

/** What is wrong with the part that is talked about is no matter of a field. */
function ofTheWhole(refusal: Refused): Refused {
  const problems = refusal.problems.map((problem) =>
    ['path', 'base', 'delta'].includes(problem.field)
      ? { ...problem, field: '' }
      : // A suggestion is written into a field of another name than the text it is about.
        { ...problem, field: problem.field === 'text' ? 'proposed' : problem.field }
  )
  return { ...refusal, problems }
}

function hereAgain({ locals: { language }, params, url }: DraftEvent): string {
  const path = url.searchParams.get('path')
  return path === null
    ? applicationAddress(language, params.application, 'discussion')
    : discussionAddress(language, params.application, path)
}
