import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Caller, type SignedIn, nobody } from '#shared/identity/index.ts'
import { toHeldRole } from './roles.server.ts'
import './people-tables.server.ts'

/** The cookie that holds a session. Over https it carries the prefix by which browsers keep it to this host. */
export const sessionCookie = { plain: 'kopa-session', secure: '__Host-kopa-session' } as const

/** How long a session lasts, in days. */
export const sessionDays = 30

/** A session just opened. `secret` goes into the cookie and is kept nowhere else. */
export type OpenedSession = { id: string; secret: string }

/** Opens a session for somebody who has proved who they are. */
export async function openSession(
  transaction: Database,
  person: string,
  how: { secondFactor: boolean; device?: string; acting?: string }
): Promise<OpenedSession> {
  const secret = randomBytes(32).toString('base64url')
  const { id } = await transaction
    .insertInto('people.session')
    .values({
      person,
      secret_digest: digestOf(secret),
      expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(sessionDays)})`,
      second_factor_at: how.secondFactor ? sql`clock_timestamp()` : null,
      acting_role: how.acting ?? null,
      device: how.device ?? ''
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, secret }
}

/** Who comes with a session's secret; nobody when it is unknown, ended or expired. One statement. */
export async function callerOfSession(database: Database, secret: string): Promise<Caller> {
  const { rows } = await sql<Found>`
    select s.id as session, p.id as person, p.name, p.language, s.second_factor_at is not null as second_factor,
      s.acting_role, coalesce(r.roles, '[]') as roles
    from people.session s
    join people.person p on p.id = s.person and p.erased_at is null
    left join lateral (
      select json_agg(json_build_object('id', h.id, 'role', h.role, 'organisation', h.organisation, 'body', h.body)
                      order by h.from_at, h.id) as roles
      from people.role h
      where h.person = p.id and h.from_at <= clock_timestamp() and (h.until_at is null or h.until_at > clock_timestamp())
    ) r on true
    where s.secret_digest = ${digestOf(secret)} and s.expires_at > clock_timestamp()`.execute(database)
  const [found] = rows
  return found ? toCaller(found) : nobody
}

type Found = {
  session: string
  person: string
  name: string
  language: string
  second_factor: boolean
  acting_role: string | null
  roles: Parameters<typeof toHeldRole>[0][]
}

function toCaller(found: Found): SignedIn {
  const roles = found.roles.map(toHeldRole)
  return {
    person: found.person,
    name: found.name,
    language: found.language,
    by: { session: found.session },
    roles,
    acting: roles.find(({ id }) => id === found.acting_role),
    secondFactor: found.second_factor
  }
}

/** Ends a session. */
export async function closeSession(transaction: Database, id: string): Promise<void> {
  await transaction.deleteFrom('people.session').where('id', '=', id).execute()
}

/** What the database keeps of a secret that is long and random: no password, so a plain digest is enough. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
