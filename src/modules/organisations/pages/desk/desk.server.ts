import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { organisationNames } from '../../reads.ts'
import { showDesk } from '../../reads.server.ts'
import { doneOf } from '../inside.server.ts'
import { answerFromPage } from '../members/answer-from-page.server.ts'
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
  answer: (event: Event) =>
    answerFromPage(event, `/${event.locals.language}/organisations/desk?done=answered`)
}
