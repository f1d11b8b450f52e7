import type { MiddlewareHandler } from 'hono'
import { callerOfEndpoint } from '#server/people'
import { keepPrivate, refuse } from '#shared/forms/api-answer.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { App } from '../app.ts'
import { scopeOf } from './scopes.ts'

/** What every endpoint knows of who calls it. */
export type CallerVariables = { Variables: { caller: Caller } }

/**
 * Says who calls an endpoint. A token opens what its scopes say, and nothing else. A browser's session counts for writing only where the request comes from our own
 * pages: as JSON, from our origin. A page of another site can send neither without asking first.
 */
export function callers(app: App): MiddlewareHandler<CallerVariables> {
  return async (c, next) => {
    const caller = await callerOfEndpoint(app.database, c.req.raw.headers)
    // A token that opens nothing is said, not taken for nobody: its owner has to know.
    if (!caller) return refuse(c, refused('sign-in'))
    if (isSignedIn(caller) && 'token' in caller.by) {
      const scope = scopeOf(c.req.method, c.req.path)
      if (!scope || !caller.by.scopes.includes(scope)) return refuse(c, outsideScope(scope))
    }
    if (isSignedIn(caller) && 'session' in caller.by && writes(c.req.method) && !fromOurPages(c.req.raw)) {
      return refuse(c, refused('not-allowed', { problems: [{ field: '', key: 'form.refused.other-site' }] }))
    }
    c.set('caller', caller)
    if (isSignedIn(caller)) keepPrivate(c)
    return next()
  }
}

function outsideScope(scope: string | undefined): Refused {
  if (!scope) return refused('not-allowed')
  return refused('not-allowed', {
    problems: [{ field: '', key: 'people.tokens.outside-scope', args: { scope } }]
  })
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
