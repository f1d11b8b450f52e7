import type { RequestHandler } from './$types'

/** The bare address leads to the reader's language; nothing is remembered. */
export const GET: RequestHandler = ({ locals, url }) =>
  new Response(null, {
    status: 302,
    headers: {
      location: `/${locals.language}${url.search}`,
      vary: 'accept-language',
      'cache-control': 'no-cache'
    }
  })
