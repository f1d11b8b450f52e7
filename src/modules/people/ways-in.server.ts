import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { nobody } from '#shared/identity/index.ts'
import { noteChange } from './changes.server.ts'
import { endLinks } from './links.server.ts'
import { sayNarrowed } from './narrowed.server.ts'
import './people-tables.server.ts'

/*
 * What somebody who was in another's account may have left there to come back by. A new password ends what is open;
 * by a mailed link, what was added lately goes as well, unless its owner knows it; an account taken back keeps nothing.
 */

/** What was added in so many days may be a stranger's. */
export const latelyDays = 30

/** A way to sign in beside the password. `named`: what a passkey or an account elsewhere is called. */
export type WayIn = { kind: 'passkey' | 'codes' | 'provider'; named: string }

/** Ends what is open besides sessions: tokens, what browsers are in the middle of, links to another address. */
export async function endWhatIsOpen(transaction: Database, person: string): Promise<void> {
  await endLinks(transaction, person, ['new-address', 'password'])
  await transaction.deleteFrom('people.ceremony').where('person', '=', person).execute()
  await transaction
    .updateTable('people.token')
    .set({ revoked_at: sql`clock_timestamp()` })
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .execute()
  await sayNarrowed(transaction)
}

/**
 * The ways in that were added lately, for the owner to recognise. Codes and passkeys of who acts for a body or looks
 * after the installation are not among them: they stand between their mailbox and what they decide, and a password
 * alone has not added them (owner.server.ts).
 */
export async function addedLately(database: Database, person: string): Promise<WayIn[]> {
  const { rows } = await sql<WayIn>`
    with strong as (
      select exists (select from people.role where person = ${person} and role in ('officer', 'administrator')
        and from_at <= clock_timestamp() and (until_at is null or until_at > clock_timestamp())) as holds
    ), lately as (
      select clock_timestamp() - make_interval(days => ${sql.lit(latelyDays)}) as since
    )
    select w.kind, w.named from strong, lately, lateral (
      select 'passkey' as kind, name as named, added_at as added from people.passkey
        where person = ${person} and not strong.holds
      union all select 'codes', '', added_at from people.one_time_code
        where person = ${person} and not strong.holds
      union all select 'provider', label, linked_at from people.outside_identity where person = ${person}
    ) w where w.added >= lately.since order by w.added`.execute(database)
  return rows
}

/** Takes away what was added lately, on record. */
export async function forgetAddedLately(transaction: Database, person: string): Promise<void> {
  const ways = await addedLately(transaction, person)
  const kinds = new Set(ways.map(({ kind }) => kind))
  const since = sql<never>`clock_timestamp() - make_interval(days => ${sql.lit(latelyDays)})`
  if (kinds.has('passkey'))
    await transaction
      .deleteFrom('people.passkey')
      .where('person', '=', person)
      .where('added_at', '>=', since)
      .execute()
  if (kinds.has('provider'))
    await transaction
      .deleteFrom('people.outside_identity')
      .where('person', '=', person)
      .where('linked_at', '>=', since)
      .execute()
  if (kinds.has('codes'))
    await transaction.deleteFrom('people.one_time_code').where('person', '=', person).execute()
  // They are made with the first factor, and would stand in for it.
  if (kinds.has('codes') || kinds.has('passkey'))
    await transaction
      .deleteFrom('people.recovery_code')
      .where('person', '=', person)
      .where('made_at', '>=', since)
      .execute()
  for (const { kind, named } of ways)
    await noteChange(transaction, person, nobody, removed[kind], named ? { named } : {})
}

const removed = {
  passkey: 'passkey-removed',
  codes: 'codes-removed',
  provider: 'provider-unlinked'
} as const

/** Takes away every way in, the password included: nothing tells what a thief added from what was there before. */
export async function forgetAllWaysIn(transaction: Database, person: string): Promise<void> {
  const tables = [
    'people.password',
    'people.one_time_code',
    'people.recovery_code',
    'people.passkey',
    'people.outside_identity'
  ] as const
  for (const table of tables) await transaction.deleteFrom(table).where('person', '=', person).execute()
  await endWhatIsOpen(transaction, person)
}
