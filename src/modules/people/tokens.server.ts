import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type Caller, nobody } from '#shared/identity/index.ts'
import { toHeldRole } from './roles.server.ts'
import { digestOf } from './secrets.server.ts'
import './people-tables.server.ts'

/** Every token begins with it: what leaks is recognised by scanners. */
export const tokenPrefix = 'kopa_'

/** How long a token may last, in days. */
export const mostTokenDays = 365

/** A token, as its owner sees it; never the token itself. */
export type Token = {
  id: string
  name: string
  scopes: readonly string[]
  /** The role it acts in (people.role); null: as the person only. */
  role: string | null
  made: Temporal.Instant
  expires: Temporal.Instant
  /** At most five minutes behind. */
  lastUsed: Temporal.Instant | null
}

/**
 * Who comes with a token; nobody when it is unknown, revoked or expired, or when its role is no longer held. It acts
 * in its one role, and holds no other.
 */
export async function callerOfToken(database: Database, token: string): Promise<Caller> {
  if (!token.startsWith(tokenPrefix)) return nobody
  const { rows } = await sql<Found>`
    select t.id as token, t.scopes, t.second_factor_at is not null as second_factor, t.role is not null as needs_role,
      p.id as person, p.name, p.language, h.id as role_id, h.role, h.organisation, h.body,
      coalesce(t.last_used_at < clock_timestamp() - interval '5 minutes', true) as unseen
    from people.token t
    join people.person p on p.id = t.person and p.erased_at is null
    left join people.role h on h.id = t.role and h.person = p.id and h.from_at <= clock_timestamp()
      and (h.until_at is null or h.until_at > clock_timestamp())
    where t.secret_digest = ${digestOf(token)} and t.revoked_at is null and t.expires_at > clock_timestamp()`.execute(
    database
  )
  const [found] = rows
  if (!found || (found.needs_role && !found.role_id)) return nobody
  if (found.unseen) await used(database, found.token)
  const role = found.role_id && toHeldRole({ ...found, id: found.role_id, role: found.role! })
  return {
    person: found.person,
    name: found.name,
    language: found.language,
    by: { token: found.token, scopes: found.scopes },
    roles: role ? [role] : [],
    acting: role || undefined,
    secondFactor: found.second_factor
  }
}

type Found = {
  token: string
  scopes: string[]
  second_factor: boolean
  needs_role: boolean
  person: string
  name: string
  language: string
  role_id: string | null
  role: Parameters<typeof toHeldRole>[0]['role'] | null
  organisation: string | null
  body: string | null
  unseen: boolean
}

async function used(database: Database, id: string): Promise<void> {
  await database
    .updateTable('people.token')
    .set({ last_used_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/** Somebody's tokens that work, the newest first. */
export async function tokensOf(database: Database, person: string): Promise<Token[]> {
  const rows = await database
    .selectFrom('people.token')
    .select(['id', 'name', 'scopes', 'role', 'made_at', 'expires_at', 'last_used_at'])
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<never>`clock_timestamp()`)
    .orderBy('made_at', 'desc')
    .execute()
  return rows.map(({ id, name, scopes, role, made_at, expires_at, last_used_at }) => ({
    id,
    name,
    scopes,
    role,
    made: made_at,
    expires: expires_at,
    lastUsed: last_used_at
  }))
}
