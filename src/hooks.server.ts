import { randomUUID } from 'node:crypto'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { callerOf } from '#server/people'
import { nameProblems } from '#shared/design/name-problems.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import { preferredLanguage } from '#shared/texts/preferred-language.ts'
import { theApp } from './app.ts'
import { loggedPath } from './logged-path.ts'
import { withLongFilesShortened } from './long-files-shortened.ts'
import { isTooLongOfStranger, unread } from './page-body-limit.ts'

/** Gives each page its installation, its language and who asks for it. */
export const handle: Handle = async ({ event, resolve }) => {
  const first = event.url.pathname.split('/')[1]
  const asked = event.request.headers.get('accept-language')
  event.locals.language = isLanguage(first) ? first : preferredLanguage(asked)
  event.locals.app = theApp()
  // SvelteKit looks at forms; this at whatever writes, of any kind. A browser always says from where.
  const { method, headers } = event.request
  if (!/^(GET|HEAD|OPTIONS)$/.test(method) && headers.get('origin') !== event.url.origin) {
    return new Response('Cross-site requests are refused', { status: 403 })
  }
  event.locals.caller = await callerOf(event.locals.app.database, event.request.headers)
  const tooMuch = !isSignedIn(event.locals.caller) && isTooLongOfStranger(event.request)
  const request = tooMuch ? unread(event.request) : withLongFilesShortened(event)
  const response = await resolve(request === event.request ? event : { ...event, request }, {
    transformPageChunk: ({ html }) => nameProblems(html.replace('%lang%', event.locals.language)),
    // The two files of Source Sans 3 that every page needs come with it, so that text does not jump.
    preload: ({ type }) => type === 'css' || type === 'js' || type === 'font'
  })
  // The address of a check holds names that are nobody else's business.
  // So does the page of a mailed link: it opens an account.
  if (event.url.searchParams.has('c') || event.url.searchParams.has('link'))
    response.headers.set('cache-control', 'private, no-store')
  // The head of a page says who is signed in.
  response.headers.append('vary', 'cookie')
  if (isSignedIn(event.locals.caller)) response.headers.set('cache-control', 'private, no-store')
  // An address without a language is answered in the reader's, so a cache may not mix them up.
  if (!isLanguage(first)) response.headers.append('vary', 'accept-language')
  return response
}

/** What nobody foresaw goes to the log under a reference; the person is shown only the reference. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  const reference = randomUUID().slice(0, 8)
  const facts = { err: error, reference, path: loggedPath(event.url.pathname) }
  // Without an app there is no log either, and this may not fail.
  const { app } = event.locals as Partial<App.Locals>
  if (app) app.log.error(facts, 'A page could not be made')
  else console.error('A page could not be made', facts)
  return { reference }
}
