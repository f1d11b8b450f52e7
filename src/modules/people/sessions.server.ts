import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { type Database, type Prepared, runPrepared, together } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type SignedIn, nobody } from '#shared/identity/index.ts'
import { sayNarrowed } from './narrowed.server.ts'
import { toHeldRole } from './roles.server.ts'
import { digestOf, newSecret } from './secrets.server.ts'
import './people-tables.server.ts'

/** The cookie that holds a session. Over https it carries the prefix by which browsers keep it to this host. */
export const sessionCookie = { plain: 'kopa-session', secure: '__Host-kopa-session' } as const

/** How long things last. */
export const lasting = {
  /** A session, however much it is used. */
  sessionDays: 30,
  /** A session that is not used. */
  idleDays: 7,
  /** A second factor; after that, roles that need one ask again. */
  secondFactorHours: 12,
  /** A proof of who one is, for changes of how one proves it. */
  proofMinutes: 30
} as const

/** A session just opened. `secret` goes into the cookie and is kept nowhere else. */
export type OpenedSession = { id: string; secret: string }

/** How a session is opened; `byMail`: by a mailed link. Without `acting`, whoever holds one role acts in it. */
export type Opening = { secondFactor: boolean; byMail?: boolean; device?: string; acting?: string }

/** Opens a session for somebody who has proved who they are. */
export async function openSession(
  transaction: Database,
  person: string,
  { secondFactor, byMail = false, device = '', acting }: Opening
): Promise<OpenedSession> {
  const secret = newSecret()
  const { id } = await transaction
    .insertInto('people.session')
    .values({
      person,
      secret_digest: digestOf(secret),
      expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(lasting.sessionDays)})`,
      second_factor_at: secondFactor ? sql`clock_timestamp()` : null,
      mailbox_proved_at: byMail ? sql`clock_timestamp()` : null,
      acting_role: acting ?? onlyRoleOf(person),
      device
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, secret }
}

function onlyRoleOf(person: string) {
  return sql<string | null>`(
    select case when count(*) = 1 then (array_agg(h.id))[1] end from people.role h
    where h.person = ${person} and h.from_at <= clock_timestamp()
      and (h.until_at is null or h.until_at > clock_timestamp()))`
}

/**
 * Who comes with a session's secret; nobody when it is unknown, ended or expired. Those who come in the same moment
 * are looked up in one statement that is planned once a connection; none is remembered, so signing out acts at once.
 */
export async function callerOfSession(database: Database, secret: string): Promise<Caller> {
  const found = await lookUp(database, digestOf(secret))
  if (!found) return nobody
  if (found.unseen) await seen(database, found.session)
  return toCaller(found)
}

const lookUp = together<Buffer, Found | undefined>({
  lanes: 2,
  most: 200,
  // What is asked together goes on together: on a busy day everything after it comes in larger groups, too.
  apart: 2,
  work: async (database, digests) => {
    const found = await runPrepared<Found & { place: number }>(database, sessionsByDigest, [
      digests,
      lasting.idleDays,
      lasting.secondFactorHours
    ])
    const byPlace = new Map(found.map((one) => [one.place, one]))
    return digests.map((_, at) => byPlace.get(at + 1))
  }
})

const sessionsByDigest: Prepared = {
  name: 'people.sessions-by-digest',
  text: `
    select asked.place::integer, s.id as session, p.id as person, p.name, p.language, s.acting_role,
      coalesce(held.roles, '[]') as roles,
      coalesce(s.second_factor_at > clock_timestamp() - make_interval(hours => $3), false) as second_factor,
      s.last_seen_at < clock_timestamp() - interval '5 minutes' as unseen
    from unnest($1::bytea[]) with ordinality as asked (digest, place)
    join people.session s on s.secret_digest = asked.digest
      and s.expires_at > clock_timestamp() and s.last_seen_at > clock_timestamp() - make_interval(days => $2)
    join people.person p on p.id = s.person and p.erased_at is null
    cross join lateral (
      select json_agg(json_build_object('id', h.id, 'role', h.role, 'organisation', h.organisation, 'body', h.body)
        order by h.from_at, h.id) as roles
      from people.role h
      where h.person = p.id and h.from_at <= clock_timestamp()
        and (h.until_at is null or h.until_at > clock_timestamp())
    ) as held`
}

type Found = {
  session: string
  person: string
  name: string
  language: string
  second_factor: boolean
  unseen: boolean
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

async function seen(database: Database, id: string): Promise<void> {
  await database
    .updateTable('people.session')
    .set({ last_seen_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/**
 * Writes down that somebody proved who they are once more, and changes the session's secret: one that somebody
 * else may have seen before is worth nothing for what the proof opens.
 * @returns the new secret, for the cookie
 */
export async function renewSession(
  transaction: Database,
  id: string,
  proof: { secondFactor: boolean }
): Promise<string> {
  const secret = newSecret()
  await transaction
    .updateTable('people.session')
    .set({
      secret_digest: digestOf(secret),
      proved_at: sql`clock_timestamp()`,
      ...(proof.secondFactor ? { second_factor_at: sql`clock_timestamp()` } : {})
    })
    .where('id', '=', id)
    .execute()
  return secret
}

/**
 * Refuses who has not proved lately who they are: how somebody signs in is not changed by whoever finds their
 * browser open, and never by a machine.
 */
export async function refusalWithoutProof(
  database: Database,
  caller: SignedIn
): Promise<Refused | undefined> {
  if (!('session' in caller.by)) return refused('not-allowed')
  const { rows } = await sql<{ lately: boolean }>`
    select proved_at > clock_timestamp() - make_interval(mins => ${sql.lit(lasting.proofMinutes)}) as lately
    from people.session where id = ${caller.by.session}`.execute(database)
  if (!rows[0]) return refused('sign-in')
  return rows[0].lately ? undefined : refused('proof')
}

/** When somebody proved in each of these sessions last who they are; one that has ended is missing. */
export async function lastProofs(
  database: Database,
  sessions: readonly string[]
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  if (sessions.length === 0) return new Map()
  const rows = await database
    .selectFrom('people.session')
    .select(['id', 'proved_at'])
    .where('id', 'in', sessions)
    .execute()
  return new Map(rows.map(({ id, proved_at }) => [id, proved_at]))
}

/** Ends a session. */
export async function closeSession(transaction: Database, id: string): Promise<void> {
  await transaction.deleteFrom('people.session').where('id', '=', id).execute()
  await sayNarrowed(transaction)
}

/**
 * Ends all sessions of somebody, but for one that may stay; and the browsers they used are strangers again.
 * @returns how many sessions were ended
 */
export async function closeSessionsOf(
  transaction: Database,
  person: string,
  but?: { session: string; knownDevice: string | undefined }
): Promise<number> {
  const ended = await transaction
    .deleteFrom('people.session')
    .where('person', '=', person)
    .$if(but !== undefined, (query) => query.where('id', '!=', but!.session))
    .executeTakeFirst()
  await transaction
    .deleteFrom('people.known_device')
    .where('person', '=', person)
    .$if(but?.knownDevice !== undefined, (query) =>
      query.where('secret_digest', '!=', digestOf(but!.knownDevice!))
    )
    .execute()
  await sayNarrowed(transaction)
  return Number(ended.numDeletedRows)
}

/** Lets go of sessions that have ended, of links and ceremonies that are long over. */
export async function forgetEndedSessions(database: Database): Promise<void> {
  await sql`
    delete from people.session where expires_at < clock_timestamp()
      or last_seen_at < clock_timestamp() - make_interval(days => ${sql.lit(lasting.idleDays)})`.execute(
    database
  )
  await sql`delete from people.ceremony where expires_at < clock_timestamp()`.execute(database)
  await sql`delete from people.link where expires_at < clock_timestamp() - interval '30 days'`.execute(
    database
  )
  await sql`
    delete from people.known_device where last_seen_at < clock_timestamp() - interval '400 days'`.execute(
    database
  )
}
