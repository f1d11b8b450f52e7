import { refuseLoad } from '#shared/forms/page-answer.ts'
import { refused } from '#shared/forms/refused.ts'
import { keptFile } from '../kept-file.server.ts'
import { type ParticipantEvent, participantAtWork } from './participant-at-work.server.ts'

/** The document of a mandate, for its partner and for the coordinator. */
export async function mandateFile(event: ParticipantEvent): Promise<Response> {
  const { one } = await participantAtWork(event)
  // It is there to be seen, and there is nothing to see yet.
  if (!one.mandate) return refuseLoad(refused('not-now'), event)
  return keptFile(event, one.mandate.file)
}
