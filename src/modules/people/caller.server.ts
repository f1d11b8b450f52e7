import type { Database } from '#shared/database/index.ts'
import { type Caller, nobody } from '#shared/identity/index.ts'
import { callerOfSession, sessionCookie } from './sessions.server.ts'

/** Who makes a request, by its headers. Costs nothing where no proof is brought. */
export async function callerOf(database: Database, headers: Headers): Promise<Caller> {
  const secret = sessionSecret(headers.get('cookie'))
  return secret ? callerOfSession(database, secret) : nobody
}

function sessionSecret(cookies: string | null): string | undefined {
  if (!cookies) return undefined
  const values = new Map(
    cookies.split(';').map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    })
  )
  return values.get(sessionCookie.secure) ?? values.get(sessionCookie.plain)
}
