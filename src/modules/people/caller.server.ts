import type { Database } from '#shared/database/index.ts'
import { type Caller, nobody } from '#shared/identity/index.ts'
import { callerOfSession, sessionCookie } from './sessions.server.ts'

/** Who makes a request, by its headers. Costs nothing where no proof is brought. */
export async function callerOf(database: Database, headers: Headers): Promise<Caller> {
  const cookies = headers.get('cookie')
  if (!cookies) return nobody
  // Over https only the cookie that no other host can set counts; settled by src/server-origin.ts.
  const name = headers.get('x-kopa-protocol') === 'https' ? sessionCookie.secure : sessionCookie.plain
  const secret = cookieNamed(cookies, name)
  return secret ? callerOfSession(database, secret) : nobody
}

function cookieNamed(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
