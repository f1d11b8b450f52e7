import { error } from '@sveltejs/kit'
import { attachment } from '#shared/files/file-name.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { mandateToSign } from '../../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../../consortium/mandate.ts'
import { consortiumAtWork } from '../../consortium/reads.ts'
import type { Event } from './consortium-page.ts'

/** The mandate as a document to be signed somewhere else. */
export async function mandateDocument(
  event: Event<{ application: string; participant: string }>
): Promise<Response> {
  const { app, caller, language } = event.locals
  const view = await consortiumAtWork(app, caller, event.params.application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  const one = view.participants.find(({ id }) => id === event.params.participant)
  if (!one || (!view.coordinates && one.id !== view.own.id)) error(404)
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
