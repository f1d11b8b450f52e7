import { sql } from 'kysely'
import type { Language } from '#shared/texts/language.ts'
import type { Database } from '#shared/database/index.ts'
import type { Journey, OutsidePerson } from './providers.server.ts'
import { digestOf, newSecret } from './secrets.server.ts'
import './people-tables.server.ts'

/** What a browser can be in the middle of, and what is remembered of it meanwhile. */
export type Ceremonies = {
  /** The first proof was right; a second factor is asked for. */
  'second-factor': { next: string }
  /** A challenge that a passkey is to sign. */
  'passkey-sign-in': { challenge: string }
  'passkey-added': { challenge: string }
  /** Away at a provider. */
  provider: { provider: string; journey: Journey; next: string; language: Language }
  /** Came back from a provider as somebody whom no account here knows yet. */
  'outside-identity': { provider: string; person: OutsidePerson; next: string }
}

export type Ceremony = keyof Ceremonies

/** How long each may take, in minutes. */
const minutes: Readonly<Record<Ceremony, number>> = {
  'second-factor': 15,
  'passkey-sign-in': 10,
  'passkey-added': 10,
  provider: 30,
  'outside-identity': 60
}

/**
 * Begins something that a browser will come back to. One of a kind at a time in a browser: the newest counts.
 * @param held the secret that the browser has already; what it is in the middle of besides goes on under the new one
 * @returns a new secret for its cookie, so that nobody can have put it there
 */
export async function beginCeremony<Kind extends Ceremony>(
  database: Database,
  held: string | undefined,
  kind: Kind,
  facts: Ceremonies[Kind],
  person: string | null = null
): Promise<string> {
  const secret = newSecret()
  if (held) {
    await database
      .updateTable('people.ceremony')
      .set({ secret_digest: digestOf(secret) })
      .where('secret_digest', '=', digestOf(held))
      .where('kind', '!=', kind)
      .execute()
  }
  await database
    .insertInto('people.ceremony')
    .values({
      secret_digest: digestOf(secret),
      kind,
      person,
      facts: JSON.stringify(facts),
      expires_at: sql`clock_timestamp() + make_interval(mins => ${sql.lit(minutes[kind])})`
    })
    .execute()
  return secret
}

type Found<Kind extends Ceremony> = { facts: Ceremonies[Kind]; person: string | null }

/** What the browser is in the middle of; undefined when it is not, or took too long. */
export async function findCeremony<Kind extends Ceremony>(
  database: Database,
  secret: string | undefined,
  kind: Kind
): Promise<Found<Kind> | undefined> {
  if (!secret) return undefined
  const row = await database
    .selectFrom('people.ceremony')
    .select(['facts', 'person'])
    .where('secret_digest', '=', digestOf(secret))
    .where('kind', '=', kind)
    .where('expires_at', '>', sql<never>`clock_timestamp()`)
    .executeTakeFirst()
  return row && { facts: row.facts as Ceremonies[Kind], person: row.person }
}

/** Ends whatever the browser is in the middle of. */
export async function endCeremonies(database: Database, secret: string | undefined): Promise<void> {
  if (!secret) return
  await database.deleteFrom('people.ceremony').where('secret_digest', '=', digestOf(secret)).execute()
}

/** Finds what the browser is in the middle of, and it is over with that: nobody can come back to it. */
export async function endCeremony<Kind extends Ceremony>(
  transaction: Database,
  secret: string | undefined,
  kind: Kind
): Promise<Found<Kind> | undefined> {
  if (!secret) return undefined
  const row = await transaction
    .deleteFrom('people.ceremony')
    .where('secret_digest', '=', digestOf(secret))
    .where('kind', '=', kind)
    .returning(['facts', 'person', sql<boolean>`expires_at > clock_timestamp()`.as('in_time')])
    .executeTakeFirst()
  return row?.in_time ? { facts: row.facts as Ceremonies[Kind], person: row.person } : undefined
}
