import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { beginCeremony } from './ceremonies.server.ts'
import { newDeviceLetter } from './letters.server.ts'
import type { Person } from './persons.server.ts'
import { digestOf, newSecret } from './secrets.server.ts'
import { type OpenedSession, closeSession, openSession } from './sessions.server.ts'
import type { Visit } from './visit.server.ts'

/** How far somebody came: they are in, or a second factor is asked for. Secrets are for the browser's cookies. */
export type Entered =
  | { step: 'signed-in'; session: OpenedSession; knownDevice: string; next: string }
  | { step: 'second-factor'; ceremony: string }

type How = {
  /** Whether what was proved counts as two factors. */
  secondFactor: boolean
  /** Whether they came by a mailed link. */
  byMail?: boolean
  next: string
  /** The browser's secret of what it is in the middle of. */
  ceremony?: string | undefined
}

/** Lets somebody in who gave a first proof: with a session, or by asking for a second factor where they set one up. */
export async function letIn(
  transaction: Database,
  person: Person,
  visit: Visit,
  { secondFactor, byMail = false, next, ceremony }: How
): Promise<Entered> {
  if (!secondFactor && (await asksSecondFactor(transaction, person.id))) {
    const facts = { next }
    return {
      step: 'second-factor',
      ceremony: await beginCeremony(transaction, ceremony, 'second-factor', facts, person.id)
    }
  }
  if (visit.session) await closeSession(transaction, visit.session)
  const session = await openSession(transaction, person.id, { secondFactor, byMail, device: visit.device })
  const device = await rememberDevice(transaction, person.id, visit.knownDevice)
  if (device.news) {
    await record(transaction, {
      act: 'people.signed-in-on-new-device',
      by: { person: person.id },
      subject: { kind: 'person', id: person.id },
      payload: { device: visit.device, session: session.id },
      about: [person.id]
    })
    await queueMail(transaction, newDeviceLetter(person, visit.device))
  }
  return { step: 'signed-in', session, knownDevice: device.secret, next }
}

/**
 * Whether a password alone does not let somebody in: they set up one-time codes; or they hold a role that needs a
 * second factor, and have a passkey to prove it by.
 */
async function asksSecondFactor(database: Database, person: string): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`
    select exists (select from people.one_time_code where person = ${person}) or (
      exists (select from people.passkey where person = ${person}) and
      exists (select from people.role h where h.person = ${person} and h.role in ('officer', 'administrator')
        and h.from_at <= clock_timestamp() and (h.until_at is null or h.until_at > clock_timestamp()))
    ) as asks`.execute(database)
  return rows[0]!.asks
}

/** Whether a browser was signed in as somebody before. */
export async function isKnownDevice(
  database: Database,
  person: string,
  secret: string | undefined
): Promise<boolean> {
  if (!secret) return false
  const row = await database
    .selectFrom('people.known_device')
    .select('person')
    .where('person', '=', person)
    .where('secret_digest', '=', digestOf(secret))
    .executeTakeFirst()
  return row !== undefined
}

/** @returns the secret of the browser; `news`: it is a stranger, and the person has been seen on others */
async function rememberDevice(
  transaction: Database,
  person: string,
  held: string | undefined
): Promise<{ secret: string; news: boolean }> {
  const secret = held ?? newSecret()
  // Both parts see the table as it was before; xmax tells a row made now from one that was there.
  const { rows } = await sql<{ news: boolean }>`
    with seen as (
      insert into people.known_device as d (person, secret_digest) values (${person}, ${digestOf(secret)})
      on conflict (person, secret_digest) do update set last_seen_at = clock_timestamp()
      returning d.xmax = 0 as stranger
    )
    select seen.stranger and exists (select from people.known_device where person = ${person}) as news
    from seen`.execute(transaction)
  return { secret, news: rows[0]!.news }
}
