import { createHash } from 'node:crypto'

const types = {
  calendar: 'text/calendar; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  csv: 'text/csv; charset=utf-8'
} as const

/** What a list can be read as by a machine. */
export type FeedKind = keyof typeof types

/**
 * Answers with a feed. Whoever has this very one already (If-None-Match) is told so: feeds are asked for again and
 * again.
 * @param file offered to who saves it
 */
export function answerFeed(kind: FeedKind, text: string, request: Request, file: string): Response {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  const held = request.headers.get('if-none-match')?.split(',') ?? []
  const headers = {
    etag: tag,
    'cache-control': 'public, max-age=300, must-revalidate',
    'content-type': types[kind],
    'content-disposition': `${kind === 'csv' || kind === 'calendar' ? 'attachment' : 'inline'}; filename="${file}"`
  }
  if (held.some((one) => one.trim().replace(/^W\//, '') === tag))
    return new Response(null, { status: 304, headers })
  return new Response(text, { headers })
}
