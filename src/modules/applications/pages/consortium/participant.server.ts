import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { acceptMandate } from '../../actions/accept-mandate.ts'
import { changeParticipant } from '../../actions/change-participant.ts'
import { declineParticipation } from '../../actions/decline-participation.ts'
import { removeParticipant } from '../../actions/remove-participant.ts'
import { sendInvitationAgain } from '../../actions/send-invitation-again.ts'
import { mandateSays } from '../../consortium/mandate-document.server.ts'
import { mandateTextFor, mandateWords } from '../../consortium/mandate.ts'
import { consortiumAtWork } from '../../reads.ts'
import { type Event, consortiumAddress, doneOf } from './consortium-page.ts'
import { shownParticipant } from './shown-participant.ts'

type ParticipantEvent = Event<{ application: string; participant: string }>

/** One participant: for its own people what is asked of them, for the coordinator's what they may change. */
export async function load(event: ParticipantEvent) {
  const { app, caller, language } = event.locals
  const { application, participant } = event.params
  const view = await consortiumAtWork(app, caller, application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  const one = view.participants.find(({ id }) => id === participant)
  if (!one || (!view.coordinates && one.id !== view.own.id)) return refuseLoad(refused('not-found'), event)
  const day = (await databaseNow(app.database)).toString().slice(0, 10)
  const text = one.role === 'coordinator' ? undefined : mandateTextFor(one.role, day)
  return {
    code: view.outline.code,
    title: view.outline.title,
    done: doneOf(event.url),
    open: view.open,
    signs: view.signs,
    coordinates: view.coordinates,
    participant: shownParticipant(one, view, language),
    text: text && { id: text.id, ...mandateWords(text, language, mandateSays(view.outline, one)) }
  }
}

/** Ends a form of this page: it comes back with what has to be settled, or says what was done. */
function settle(event: ParticipantEvent, form: FormData, outcome: object | Refused, below: string) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  redirect(303, consortiumAddress(event.locals.language, event.params.application, below))
}

export const actions = {
  accept: async (event: ParticipantEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await acceptMandate(app, caller, event.params.application, typedIn(form), language)
    return settle(event, form, outcome, '?done=accepted')
  },

  decline: async (event: ParticipantEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await declineParticipation(app, caller, event.params.application, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/applications`)
  },

  change: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await changeParticipant(app, caller, application, { participant, given: typedIn(form) })
    return settle(event, form, outcome, `/${participant}?done=changed`)
  },

  again: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await sendInvitationAgain(app, caller, application, { participant, given: typedIn(form) })
    return settle(event, form, outcome, `/${participant}?done=sent-again`)
  },

  remove: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await removeParticipant(app, caller, application, { participant, given: typedIn(form) })
    return settle(event, form, outcome, '?done=removed')
  }
}
