import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { undoMerge } from '../../actions/undo-merge.ts'
import { mergesInto, showHistory } from '../../reads.server.ts'
import { aboutOrganisation } from '../inside.server.ts'
import { dayOf } from '../moment.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'
import { factWords } from '../show/fact-words.server.ts'

type HistoryEvent = Event<{ code: string }>

/** The history of a record, and for officers what was merged into it. */
export async function load(event: HistoryEvent) {
  const { app, caller, language } = event.locals
  const organisation = await aboutOrganisation(event)
  const changes = await showHistory(app, caller, organisation.id)
  if (isRefused(changes)) refuseLoad(changes, event)
  const say = factWords(app.programmes, language)
  const merges = await mergesInto(app, caller, organisation.id)
  return {
    organisation,
    changes: changes.map(({ at, facts, ...change }) => ({
      ...change,
      on: dayOf(at, language),
      facts: facts.map(({ kind, before, after, level }) => ({
        ...{ kind, level },
        before: before === undefined || before === after ? undefined : say(kind, before),
        after: after === undefined ? undefined : say(kind, after)
      }))
    })),
    merges: isRefused(merges) ? [] : merges.map(({ at, ...merge }) => ({ ...merge, on: dayOf(at, language) }))
  }
}

export const actions = {
  undo: async (event: HistoryEvent) => {
    const { app, caller, language } = event.locals
    const { code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await undoMerge(app, caller, String(form.get('merge')), typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, organisationAddress(language, code, '/history'))
  }
}
