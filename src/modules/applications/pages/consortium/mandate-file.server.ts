import { error } from '@sveltejs/kit'
import { downloadFile } from '#shared/files/index.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { refused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { type ParticipantEvent, participantAtWork } from './participant-at-work.server.ts'

/** The document of a mandate, for its partner and for the coordinator. */
export async function mandateFile(event: ParticipantEvent): Promise<Response> {
  const { app, caller } = event.locals
  const { one } = await participantAtWork(event)
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
