import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { answerRequest } from '../../actions/answer-request.ts'
import { organisationNames } from '../../reads.ts'
import { showDesk } from '../../reads.server.ts'
import { doneOf } from '../inside.server.ts'
import { shownRequest } from '../members/shown-request.ts'
import type { Event } from '../organisation-page.ts'

/** What waits for an officer. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await showDesk(app, caller)
  if (isRefused(desk)) refuseLoad(desk, event)
  const names = await organisationNames(
    app.database,
    desk.requests.map(({ organisation }) => organisation),
    language
  )
  return {
    done: doneOf(event.url, ['answered']),
    requests: desk.requests.flatMap((request) => {
      const about = names.get(request.organisation)
      return about ? [{ about, line: shownRequest(request, caller, language) }] : []
    }),
    pairs: desk.pairs
  }
}

export const actions = {
  answer: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await answerRequest(app, caller, String(form.get('request')), typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/organisations/desk?done=answered`)
  }
}
