import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { consentsOf, newsConsent } from './consents.server.ts'
import { identitiesOf } from './outside-identities.server.ts'
import { passkeysOf } from './passkeys.server.ts'
import { lockPerson, personOf } from './persons.server.ts'
import { closeSessionsOf } from './sessions.server.ts'
import { tokensOf } from './tokens.server.ts'
import './people-tables.server.ts'

/** What this module keeps about people: their account, how they sign in, what they agreed to, which roles they held. */
export const personalData: PersonalData = {
  module: 'people',
  name: 'people.kept.name',
  keeps: [
    {
      what: 'people.kept.account',
      why: 'people.kept.account-why',
      basis: 'contract',
      howLong: 'people.kept.account-how-long'
    },
    {
      what: 'people.kept.proofs',
      why: 'people.kept.proofs-why',
      basis: 'contract',
      howLong: 'people.kept.proofs-how-long'
    },
    {
      what: 'people.kept.sessions',
      why: 'people.kept.sessions-why',
      basis: 'legitimate-interest',
      howLong: 'people.kept.sessions-how-long'
    },
    {
      what: 'people.kept.attempts',
      why: 'people.kept.attempts-why',
      basis: 'legitimate-interest',
      howLong: 'people.kept.attempts-how-long'
    },
    {
      what: 'people.kept.consents',
      why: 'people.kept.consents-why',
      basis: 'law',
      howLong: 'people.kept.consents-how-long'
    },
    {
      what: 'people.kept.roles',
      why: 'people.kept.roles-why',
      basis: 'public-task',
      howLong: 'people.kept.roles-how-long'
    }
  ],
  consents: [newsConsent],
  exports: exportOf,
  stays: async (database, person) => {
    const roles = await rolesEverHeld(database, person)
    return roles.length === 0
      ? []
      : [{ what: 'people.kept.roles-stay', why: 'people.kept.roles-stay-why', args: { count: roles.length } }]
  },
  hinders: async (database, person) =>
    (await isOnlyAdministrator(database, person))
      ? { field: '', key: 'people.erase.only-administrator' }
      : undefined,
  erases: erase
}

async function exportOf(database: Database, person: string) {
  const account = await personOf(database, person)
  const [passkeys, identities, tokens, consents, roles, sessions, proofs] = await Promise.all([
    passkeysOf(database, person),
    identitiesOf(database, person),
    tokensOf(database, person),
    consentsOf(database, person),
    rolesEverHeld(database, person),
    database
      .selectFrom('people.session')
      .select(['device', 'opened_at', 'last_seen_at', 'expires_at'])
      .where('person', '=', person)
      .orderBy('opened_at')
      .execute(),
    database
      .selectFrom('people.person as p')
      .leftJoin('people.password as w', 'w.person', 'p.id')
      .leftJoin('people.one_time_code as c', 'c.person', 'p.id')
      .select(['p.created_at', 'p.email_confirmed_at', 'w.set_at', 'c.added_at'])
      .where('p.id', '=', person)
      .executeTakeFirstOrThrow()
  ])
  // Moments become ISO text; of secrets only that they are there.
  return asJson({
    name: account?.name,
    email: account?.email,
    language: account?.language,
    signedUp: proofs.created_at,
    emailConfirmed: proofs.email_confirmed_at,
    passwordSet: proofs.set_at,
    oneTimeCodesAdded: proofs.added_at,
    passkeys: passkeys.map(({ name, added, lastUsed }) => ({ name, added, lastUsed })),
    accountsElsewhere: identities,
    tokens,
    roles: roles.map(({ role, organisation, body, from_at, until_at }) => ({
      role,
      organisation,
      body,
      from: from_at,
      until: until_at
    })),
    sessions: sessions.map(({ device, opened_at, last_seen_at, expires_at }) => ({
      device,
      opened: opened_at,
      lastSeen: last_seen_at,
      expires: expires_at
    })),
    consents
  })
}

function asJson(value: object) {
  return JSON.parse(JSON.stringify(value)) as Awaited<ReturnType<PersonalData['exports']>>
}

function rolesEverHeld(database: Database, person: string) {
  return database
    .selectFrom('people.role')
    .selectAll()
    .where('person', '=', person)
    .orderBy('from_at')
    .execute()
}

async function isOnlyAdministrator(database: Database, person: string): Promise<boolean> {
  const { rows } = await sql<{ only: boolean }>`
    select count(*) filter (where person = ${person}) > 0 and count(*) filter (where person <> ${person}) = 0 as only
    from people.role where role = 'administrator' and from_at <= clock_timestamp()
      and (until_at is null or until_at > clock_timestamp())`.execute(database)
  return rows[0]!.only
}

/** What stays is a row without a name, and which roles it held when: what was done in them stays understood. */
async function erase(transaction: Database, person: string): Promise<void> {
  await lockPerson(transaction, person)
  await closeSessionsOf(transaction, person)
  const tables = [
    'people.password',
    'people.one_time_code',
    'people.recovery_code',
    'people.passkey',
    'people.outside_identity',
    'people.link',
    'people.ceremony',
    'people.token',
    'people.consent'
  ] as const
  for (const table of tables) await transaction.deleteFrom(table).where('person', '=', person).execute()
  await transaction
    .updateTable('people.role')
    .set({ until_at: sql`greatest(from_at, clock_timestamp())` })
    .where('person', '=', person)
    .where((where) =>
      where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
    )
    .execute()
  await transaction
    .updateTable('people.person')
    .set({
      name: '',
      email: null,
      email_confirmed_at: null,
      language: 'lv',
      erased_at: sql`clock_timestamp()`
    })
    .where('id', '=', person)
    .execute()
}
