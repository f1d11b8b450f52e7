import type { MiddlewareHandler } from 'hono'
import { callerOf } from '#server/people'
import { refuse } from '#shared/forms/api-answer.ts'
import { refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { App } from '../app.ts'

/** What every endpoint knows of who calls it. */
export type CallerVariables = { Variables: { caller: Caller } }

/**
 * Says who calls an endpoint. A browser's session counts for writing only where the request comes from our own
 * pages: as JSON, from our origin. A page of another site can send neither without asking first.
 */
export function callers(app: App): MiddlewareHandler<CallerVariables> {
  return async (c, next) => {
    const caller = await callerOf(app.database, c.req.raw.headers)
    if (isSignedIn(caller) && 'session' in caller.by && writes(c.req.method) && !fromOurPages(c.req.raw)) {
      return refuse(c, refused('not-allowed'))
    }
    c.set('caller', caller)
    if (isSignedIn(caller)) c.header('cache-control', 'private, no-store')
    return next()
  }
}

function writes(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

function fromOurPages(request: Request): boolean {
  const origin = request.headers.get('origin')
  const json = /^application\/(json|[\w.+-]+\+json)\b/i.test(request.headers.get('content-type') ?? '')
  return json && origin !== null && origin === ownOrigin(request)
}

// Settled by the server before anything else reads the request (src/server-origin.ts).
function ownOrigin({ headers }: Request): string {
  return `${headers.get('x-kopa-protocol')}://${headers.get('x-kopa-host')}`
}
