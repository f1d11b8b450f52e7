import { error } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { mandatesToConfirm } from '../../consortium/reads.ts'
import type { Event } from '../consortium/consortium-page.ts'
import { keptFile } from '../kept-file.server.ts'

/** The document of a mandate that waits for an officer. */
export async function mandateDeskFile(event: Event<{ call: string; mandate: string }>): Promise<Response> {
  const { app, caller } = event.locals
  const waiting = await mandatesToConfirm(app, caller, event.params.call)
  if (isRefused(waiting)) return refuseLoad(waiting, event)
  const one = waiting.find(({ id }) => id === event.params.mandate)
  if (!one) error(404)
  return keptFile(event, one.file)
}
