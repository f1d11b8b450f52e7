import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { countryName } from '#modules/programmes'
import { actionOfCall, listActions } from '#server/programmes'
import { line } from '#shared/forms/fields.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { renameApplication } from '../../actions/rename-application.ts'
import { pathWords } from '../../copies/path-words.ts'
import type { Draft } from '../../draft.server.ts'
import { callOfDraft, filledOf, formOfDraft } from '../../form-of-draft.server.ts'
import { formChanges } from '../../form/carry-drafts-over.server.ts'
import { formsBefore } from '../../form/kept-forms.server.ts'
import { completeness, sectionsDone } from '../../form/completeness.ts'
import { setAside } from '../../form/set-aside.ts'
import { checkOpened } from '../../consortium/check-draft.server.ts'
import { reportOf } from '../../consortium/draft-check.ts'
import { draftAtWork, tasksForMe } from '../../reads.ts'
import { numbersStanding } from '../../submission/submissions-store.server.ts'
import { type DraftEvent, draftHere } from '../draft-page.server.ts'
import { applicationAddress, discussionAddress } from '../application-page.ts'
import { deadlineView } from '../deadline-view.ts'
import { tasksOf } from './tasks.ts'

/** An application as its people find it: how far each part is, until when, who is in it, what can be done now. */
export async function load(event: DraftEvent) {
  const { app, caller, language } = event.locals
  const draft = await draftHere(event)
  const { outline, access, call } = draft
  const applied = await callOfDraft(app, outline)
  const filled = await filledOf(app, draft)
  const progress = completeness(filled)
  const tasks = tasksOf(progress, { outline, own: access.participant.id, language })
  const action = listActions(applied, outline.edition).find((one) => one.action === outline.action)
  return {
    code: outline.code,
    title: outline.title,
    state: outline.state,
    counts: (await numbersStanding(app.database, [outline.id])).get(outline.id),
    field: outline.field,
    edition: outline.edition,
    // A call outside any guide is all that it opens: its title is said once.
    action: outline.action === actionOfCall ? undefined : (action?.names[language] ?? outline.action),
    call: { code: call.code, title: call.title[language] || call.title.en || call.code },
    deadline: deadlineView(call.closesAt, call.now, language),
    tasks,
    sections: sectionsDone(progress),
    role: access.participant.role,
    invited: access.participant.state === 'invited',
    editsAll: access.editsAll && outline.state === 'draft',
    // One that was handed in can be begun again, too.
    clones: access.editsAll,
    participants: outline.participants.map(({ id, name, country, role, state }) => ({
      id,
      name,
      country: countryName(country, language),
      role,
      invited: state === 'invited',
      own: id === access.participant.id
    })),
    waits: await waitsForMe(app, caller, draft, language),
    check: await checkOf(app, draft),
    aside: setAside(filled).length,
    news: await newsOfForm(app, draft, language),
    begun: event.url.searchParams.has('begun'),
    renamed: event.url.searchParams.has('renamed')
  }
}

/** What the caller was asked to write here, and where they are named. */
async function waitsForMe(app: App, caller: Caller, { outline }: Draft, language: Language) {
  const tasks = await tasksForMe(app, caller)
  if (isRefused(tasks)) return []
  const forms = [await formOfDraft(app, outline)]
  return tasks
    .filter(({ application }) => application === outline.code)
    .map(({ id, path, by }) => ({
      id,
      by,
      what: pathWords(path, forms, language),
      href: discussionAddress(language, outline.code, path)
    }))
}

/** May this consortium apply, as it stands? */
async function checkOf(app: App, draft: Draft) {
  const { check, limits } = await checkOpened(app, draft)
  // What cannot be asked is not known; where there is nothing to ask, nothing is said.
  const answer = check.state === 'unreadable' ? ('undetermined' as const) : reportOf(check)?.answer
  return { answer, limits: limits.length }
}

/** What a newer version of the form changed in the draft, in words. */
async function newsOfForm(app: App, { outline }: Draft, language: Language) {
  const changes = await formChanges(app.database, outline.id)
  if (!changes) return []
  // What is gone is named as the form before called it.
  const before = await formsBefore(app.database, outline)
  const forms = [await formOfDraft(app, outline), ...before.toReversed()]
  const say = (path: string) => pathWords(path, forms, language)
  // Another question may stand there now.
  const sayBefore = (path: string) => pathWords(path, [...forms.slice(1), forms[0]!], language)
  return [
    ...changes.changed.map(({ path, why }) => ({ what: say(path), why })),
    ...changes.aside.map(({ path, why }) => ({ what: sayBefore(path), why })),
    ...changes.moved.map(({ to }) => ({ what: say(to), why: 'moved' as const })),
    ...changes.added.map((path) => ({ what: say(path), why: 'added' as const }))
  ]
}

const naming = z.object({ title: line() })

export const actions = {
  rename: async (event: DraftEvent & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const draft = await draftAtWork(app, caller, event.params.application)
    if (isRefused(draft)) return refuseForm(draft, event, form)
    const read = readInput(naming, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const outcome = await renameApplication(app, caller, event.params.application, read.data.title)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `${applicationAddress(language, event.params.application)}?renamed`)
  }
}
