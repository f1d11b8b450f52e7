import { redirect } from '@sveltejs/kit'
import { countryName } from '#modules/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { formatDate } from '#shared/texts/format.ts'
import { moveParticipant } from '../../actions/move-participant.ts'
import { shownCheck } from '../../consortium/shown-check.ts'
import { checkDraft, consortiumAtWork } from '../../consortium/reads.ts'
import { type Event, consortiumAddress, doneOf } from './consortium-page.ts'
import { shownParticipant } from './shown-participant.ts'

/** Who takes part in an application. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const view = await consortiumAtWork(app, caller, event.params.application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  const check = await checkDraft(app, caller, event.params.application)
  if (isRefused(check)) return refuseLoad(check, event)
  const { outline, own, coordinates, open, participants, gone } = view
  return {
    code: outline.code,
    title: outline.title,
    done: doneOf(event.url),
    coordinates,
    check: shownCheck(check, outline, language),
    open,
    own: { id: own.id, state: own.state, name: own.name },
    participants: participants.map((one) => shownParticipant(one, view, language)),
    gone: gone.map(({ id, name, country, state, endedAt, answers }) => ({
      ...{ id, name, state, answers },
      country: countryName(country, language),
      on: formatDate(endedAt, language, 'medium')
    }))
  }
}

export const actions = {
  move: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await moveParticipant(app, caller, event.params.application, {
      participant: String(form.get('participant')),
      to: String(form.get('to'))
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, consortiumAddress(language, event.params.application))
  }
}
