import { error } from '@sveltejs/kit'
import { downloadFile } from '#shared/files/index.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { consortiumAtWork } from '../../consortium/reads.ts'
import type { Event } from './consortium-page.ts'

/** The document of a mandate, for its partner and for the coordinator. */
export async function mandateFile(
  event: Event<{ application: string; participant: string }>
): Promise<Response> {
  const { app, caller, language } = event.locals
  const view = await consortiumAtWork(app, caller, event.params.application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  const one = view.participants.find(({ id }) => id === event.params.participant)
  if (!one || (!view.coordinates && one.id !== view.own.id)) error(404)
  // It is there to be seen, and there is nothing to see yet.
  if (!one.mandate) return refuseLoad(refused('not-now'), event)
  const answer = await downloadFile(app, one.mandate.file, {
    person: isSignedIn(caller) ? caller.person : undefined,
    copies: 'private',
    known: event.request.headers.get('if-none-match')
  })
  if ('refused' in answer) error(404)
  return answer
}
