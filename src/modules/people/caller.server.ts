import type { Database } from '#shared/database/index.ts'
import { type Caller, nobody } from '#shared/identity/index.ts'
import { callerOfSession, sessionCookie } from './sessions.server.ts'
import { callerOfToken } from './tokens.server.ts'

/** Who asks for a page, by the cookie of their browser. Costs nothing where none is brought. */
export async function callerOf(database: Database, headers: Headers): Promise<Caller> {
  const cookies = headers.get('cookie')
  if (!cookies) return nobody
  // Over https only the cookie that no other host can set counts; settled by src/server-origin.ts.
  const name = headers.get('x-kopa-protocol') === 'https' ? sessionCookie.secure : sessionCookie.plain
  const secret = cookieNamed(cookies, name)
  return secret ? callerOfSession(database, secret) : nobody
}

/**
 * Who calls an endpoint: a machine by its bearer token, else a browser by its cookie. Pages take no tokens: scopes
 * are held where endpoints are (src/api/callers.ts).
 * @returns undefined when a token was brought that opens nothing (any more)
 */
export async function callerOfEndpoint(database: Database, headers: Headers): Promise<Caller | undefined> {
  const authorization = headers.get('authorization')
  if (authorization === null) return callerOf(database, headers)
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  const caller = token ? await callerOfToken(database, token) : nobody
  return caller.person === undefined ? undefined : caller
}

function cookieNamed(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
