import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { ConsortiumView, ParticipantView } from '../../consortium/consortium-view.server.ts'
import { consortiumAtWork } from '../../consortium/reads.ts'
import type { Event } from './consortium-page.ts'

export type ParticipantEvent = Event<{ application: string; participant: string }>

/** The participant that an address names, for its own people and for the coordinator's; anybody else finds none. */
export async function participantAtWork(
  event: ParticipantEvent
): Promise<{ view: ConsortiumView; one: ParticipantView }> {
  const { app, caller, language } = event.locals
  const { application, participant } = event.params
  const view = await consortiumAtWork(app, caller, application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  const one = view.participants.find(({ id }) => id === participant)
  if (!one || (!view.coordinates && one.id !== view.own.id)) return refuseLoad(refused('not-found'), event)
  return { view, one }
}
