import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { OutsidePerson } from './providers.server.ts'
import './people-tables.server.ts'

/** An account elsewhere that signs somebody in. */
export type OutsideIdentity = {
  provider: string
  subject: string
  /** The address that the provider knew when it was linked. */
  label: string
  linked: Temporal.Instant
  lastUsed: Temporal.Instant | null
}

/** Whose account an identity signs in to, and that it was used; undefined: nobody's yet. */
export async function ownerOfIdentity(
  database: Database,
  provider: string,
  subject: string
): Promise<string | undefined> {
  const row = await database
    .updateTable('people.outside_identity')
    .set({ last_used_at: sql`clock_timestamp()` })
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .returning('person')
    .executeTakeFirst()
  return row?.person
}

/** Links an identity to somebody's account. @returns whether it is theirs now: it may be another's already */
export async function linkIdentity(
  transaction: Database,
  person: string,
  provider: string,
  { subject, email, name }: OutsidePerson
): Promise<boolean> {
  await transaction
    .insertInto('people.outside_identity')
    .values({ provider, subject, person, label: email ?? name })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await ownerOfIdentity(transaction, provider, subject)) === person
}

/** The identities that sign somebody in, the oldest first. */
export async function identitiesOf(database: Database, person: string): Promise<OutsideIdentity[]> {
  const rows = await database
    .selectFrom('people.outside_identity')
    .selectAll()
    .where('person', '=', person)
    .orderBy('linked_at')
    .execute()
  return rows.map(({ provider, subject, label, linked_at, last_used_at }) => ({
    provider,
    subject,
    label,
    linked: linked_at,
    lastUsed: last_used_at
  }))
}
