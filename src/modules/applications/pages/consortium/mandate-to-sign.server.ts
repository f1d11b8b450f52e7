import { attachment } from '#shared/files/file-name.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { mandateToSign } from '../../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../../consortium/mandate.ts'
import { type ParticipantEvent, participantAtWork } from './participant-at-work.server.ts'

/** The mandate as a document to be signed somewhere else. */
export async function mandateDocument(event: ParticipantEvent): Promise<Response> {
  const { app, language } = event.locals
  const { view, one } = await participantAtWork(event)
  // A coordinator gives itself no mandate.
  if (one.role === 'coordinator') return refuseLoad(refused('not-now'), event)
  const day = (await databaseNow(app.database)).toString().slice(0, 10)
  const text = mandateTextFor(one.role, day)
  const pdf = await mandateToSign(view.outline, one, { text, language })
  if (isRefused(pdf)) return refuseLoad(pdf, event)
  return new Response(Buffer.from(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': attachment(`${text.title[language]} ${view.outline.code}.pdf`),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff'
    }
  })
}
