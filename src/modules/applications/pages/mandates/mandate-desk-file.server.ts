import { error } from '@sveltejs/kit'
import { downloadFile } from '#shared/files/index.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { mandatesToConfirm } from '../../consortium/reads.ts'
import type { Event } from '../consortium/consortium-page.ts'

/** The document of a mandate that waits for an officer. */
export async function mandateDeskFile(event: Event<{ call: string; mandate: string }>): Promise<Response> {
  const { app, caller } = event.locals
  const waiting = await mandatesToConfirm(app, caller, event.params.call)
  if (isRefused(waiting)) return refuseLoad(waiting, event)
  const one = waiting.find(({ id }) => id === event.params.mandate)
  if (!one) error(404)
  const answer = await downloadFile(app, one.file, {
    person: isSignedIn(caller) ? caller.person : undefined,
    copies: 'private',
    known: event.request.headers.get('if-none-match')
  })
  if ('refused' in answer) error(404)
  return answer
}
