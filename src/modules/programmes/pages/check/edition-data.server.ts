import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { App } from '../../../../app.ts'
import { editionForBrowser } from '../../reads.ts'
import type { EditionForBrowser } from './edition-for-browser.ts'
import { forCall } from './for-call.server.ts'

type Event = { locals: { app: App }; params: { edition: string }; url: URL; request: Request }
type Made = { json: string; zipped: Buffer<ArrayBuffer>; tag: string }

const made = new WeakMap<object, Map<number, Made>>()

/** One edition as data for the engine in the browser. It changes only with the rules, so it is asked for by its tag. */
export async function GET({ locals, params, url, request }: Event): Promise<Response> {
  const { app } = await forCall(locals.app, url)
  const found = /^\d{4}$/.test(params.edition) ? editionOf(app, Number(params.edition)) : undefined
  if (!found) return new Response(null, { status: 404 })
  const zips = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    etag: found.tag
  }
  if (request.headers.get('if-none-match') === found.tag) return new Response(null, { status: 304, headers })
  return zips
    ? new Response(found.zipped, { headers: { ...headers, 'content-encoding': 'gzip' } })
    : new Response(found.json, { headers })
}

function editionOf(app: App, year: number): Made | undefined {
  const { programmes } = app
  const all = made.get(programmes.programme) ?? new Map<number, Made>()
  made.set(programmes.programme, all)
  const before = all.get(year)
  if (before) return before
  const edition = editionForBrowser(app, year)
  if (!edition) return undefined
  const content: EditionForBrowser = { edition, knowledge: programmes.knowledge }
  const json = JSON.stringify(content)
  const tag = `W/"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"`
  const one = { json, zipped: gzipSync(json), tag }
  all.set(year, one)
  return one
}
