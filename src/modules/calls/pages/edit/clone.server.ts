import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { cloneCall } from '../../actions/clone-call.ts'
import { inLanguageOf } from '../../call.ts'
import { changesBetween } from '../../changes.ts'
import { clonedTo } from '../../clone.server.ts'
import type { CloneNote } from '../../clone.ts'
import { callAtDesk } from '../../reads.ts'
import { type Speech, languageName, sayChange, speechFor } from '../../speech.server.ts'
import { textOf } from './form-values.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** A call moved to another edition: what would differ is shown before anything is saved. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await callAtDesk(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  if (!desk.writes) return refuseLoad(refused('not-allowed'), event)
  const { call, what } = desk
  const terms = what.published ?? what.terms
  const { editions } = app.programmes
  const asked = Number(event.url.searchParams.get('edition'))
  const edition = editions.find((one) => one === asked) ?? nextOf(editions, call.edition)
  const clone = await clonedTo(app, call, terms, edition)
  const speech = speechFor(app, language)
  return {
    code: call.code,
    title: inLanguageOf(terms.title, language) || call.code,
    form: randomUUID(),
    from: call.edition,
    edition,
    editions,
    changes: changesBetween(terms, clone.terms).map((change) => sayChange(change, speech)),
    notes: clone.notes.map((note) => sayNote(note, speech))
  }
}

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const typed = typedIn(await event.request.formData())
    const edition = Number(textOf(typed, 'edition'))
    const form = textOf(typed, 'form')
    const token = /^[0-9a-f-]{36}$/.test(form) ? { form } : {}
    const outcome = await cloneCall(app, caller, event.params.call, { edition, ...token })
    if (isRefused(outcome)) return refuseForm(outcome, event, typed)
    redirect(303, `/${language}/calls/${outcome.code}/edit`)
  }
}

/** The edition after a call's, or the latest there is. */
function nextOf(editions: readonly number[], edition: number): number {
  return editions.find((one) => one === edition + 1) ?? editions[0]!
}

function sayNote(note: CloneNote, { t, action, priority, language }: Speech): string {
  switch (note.note) {
    case 'action-gone':
      return t('calls.clone-note.action-gone', { what: action(note.action) })
    case 'priority-gone':
      return t('calls.clone-note.priority-gone', { what: priority(note.priority) })
    case 'year-in-text':
      return t('calls.clone-note.year-in-text', { what: languageName(note.language, language) })
    default:
      return t(`calls.clone-note.${note.note}`)
  }
}
