import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { isLanguage } from '#shared/texts/language.ts'
import { preferredLanguage } from '#shared/texts/preferred-language.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const first = event.url.pathname.split('/')[1]
  event.locals.language = isLanguage(first)
    ? first
    : preferredLanguage(event.request.headers.get('accept-language'))
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.language)
  })
  return response
}
