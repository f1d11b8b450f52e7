import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Language } from '#shared/texts/language.ts'
import './consortium-tables.server.ts'
import { newLink } from './link.server.ts'

/** A mailed link lets somebody in for so many days. */
export const invitationDays = 30

/** An invitation that can still be answered. */
export type OpenInvitation = {
  id: string
  participant: string
  application: string
  email: string
  language: Language
  invitedBy: string | undefined
  expiresAt: Temporal.Instant
}

const open = (database: Database) =>
  database
    .selectFrom('applications.invitation as i')
    .innerJoin('applications.participant as p', 'p.id', 'i.participant')
    .select([
      'i.id',
      'i.participant',
      'p.application',
      'i.email',
      'i.language',
      'i.invited_by',
      'i.expires_at'
    ])
    .where('i.answered_at', 'is', null)
    .where('i.withdrawn_at', 'is', null)
    .where('i.email', 'is not', null)
    .where('p.ended_at', 'is', null)
    .where('i.expires_at', '>', sql<never>`clock_timestamp()`)

type Row = {
  id: string
  participant: string
  application: string
  email: string | null
  language: Language
  invited_by: string | null
  expires_at: Temporal.Instant
}

const toInvitation = ({ email, invited_by, expires_at, ...row }: Row): OpenInvitation => ({
  ...row,
  email: email!,
  invitedBy: invited_by ?? undefined,
  expiresAt: expires_at
})

/** The invitation of a link; undefined when it is over. */
export async function invitationOfLink(
  database: Database,
  digest: Buffer
): Promise<OpenInvitation | undefined> {
  const row = await open(database).where('i.secret_digest', '=', digest).executeTakeFirst()
  return row && toInvitation(row)
}

/** The same by its participants, those of an application that can still be answered. */
export async function invitationsIn(
  database: Database,
  application: string
): Promise<ReadonlyMap<string, OpenInvitation>> {
  const rows = await open(database).where('p.application', '=', application).execute()
  return new Map(rows.map((row) => [row.participant, toInvitation(row)]))
}

/** Where a participant was written to last, also when the link is over; gone once it was answered or withdrawn. */
export async function lastAddressOf(
  database: Database,
  participant: string
): Promise<{ email: string; language: Language } | undefined> {
  const row = await database
    .selectFrom('applications.invitation')
    .select(['email', 'language'])
    .where('participant', '=', participant)
    .where('email', 'is not', null)
    .orderBy('invited_at', 'desc')
    .executeTakeFirst()
  return row && { email: row.email!, language: row.language }
}

/** Makes a link for a participant; one that was sent before lets nobody in any more. */
export async function makeInvitation(
  transaction: Database,
  participant: string,
  { email, language, by }: { email: string; language: Language; by: string }
): Promise<{ id: string; secret: string; expiresAt: Temporal.Instant }> {
  await closeInvitations(transaction, participant)
  const { secret, digest } = newLink()
  const { id, expires_at } = await transaction
    .insertInto('applications.invitation')
    .values({
      participant,
      email,
      language,
      secret_digest: digest,
      invited_by: by,
      expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(invitationDays)})`
    })
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow()
  return { id, secret, expiresAt: expires_at }
}

/**
 * Spends a link. The address is not needed any more.
 * @param proofs by which whoever agreed may be recognised later (connection-store.server.ts)
 * @returns false when somebody else spent it before
 */
export async function spendInvitation(
  transaction: Database,
  id: string,
  answer: 'accepted' | 'declined',
  proofs?: { receipt: Buffer; address: Buffer }
): Promise<boolean> {
  const row = await transaction
    .updateTable('applications.invitation')
    .set({
      ...{ answered_at: sql`clock_timestamp()`, answer, email: null },
      ...(proofs && { receipt_digest: proofs.receipt, address_digest: proofs.address })
    })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Links whose participant answered in another way let nobody in. */
export async function closeInvitations(transaction: Database, participant: string): Promise<void> {
  await transaction
    .updateTable('applications.invitation')
    .set({ withdrawn_at: sql`clock_timestamp()`, email: null })
    .where('participant', '=', participant)
    .where('answered_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** Addresses of links that are over are forgotten some days later. */
export async function forgetAddresses(database: Database, days: number): Promise<void> {
  await database
    .updateTable('applications.invitation')
    .set({ email: null })
    .where('email', 'is not', null)
    .where('expires_at', '<', sql<never>`clock_timestamp() - make_interval(days => ${sql.lit(days)})`)
    .execute()
}
