import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import './mail-tables.ts'

/** How long the words of a mail are kept after it was sent, failed or was kept, in days. */
export const wordsKeptForDays = 30

/** How long is known that there was a mail, in days. */
export const tracesKeptForDays = 365

const daysAgo = (days: number) => sql<Temporal.Instant>`clock_timestamp() - make_interval(days => ${days})`
const erased = {
  recipient: null,
  subject: null,
  content: null,
  person: null,
  answer: null,
  erased_at: sql<string>`clock_timestamp()`
}

/** Erases the words of old mails, and later the mails. What still waits stays. */
export async function eraseOldMail(database: Database): Promise<void> {
  await database
    .updateTable('mail.message')
    .set(erased)
    .where('recipient', 'is not', null)
    .where('state', 'in', ['sent', 'failed', 'kept'])
    .where(sql<Temporal.Instant>`coalesce(sent_at, failed_at, queued_at)`, '<', daysAgo(wordsKeptForDays))
    .execute()
  await database
    .deleteFrom('mail.message')
    .where('state', 'in', ['sent', 'failed', 'kept'])
    .where('queued_at', '<', daysAgo(tracesKeptForDays))
    .execute()
}

/** Erases all mail of a person. What waits is not sent any more: whatever they should still get is queued after. */
export async function eraseMailOf(transaction: Database, person: string): Promise<void> {
  await transaction
    .deleteFrom('mail.message')
    .where('person', '=', person)
    .where('state', 'in', ['waiting', 'kept'])
    .execute()
  await transaction.updateTable('mail.message').set(erased).where('person', '=', person).execute()
}

/** A mail as the person it went to may see it. */
export type MailToPerson = { queuedAt: Temporal.Instant; kind: string; subject: string | null; state: string }

/** The mails that went to a person, the newest first: for “everything about me”. */
export async function mailOf(database: Database, person: string): Promise<MailToPerson[]> {
  return database
    .selectFrom('mail.message')
    .select(['queued_at as queuedAt', 'kind', 'subject', 'state'])
    .where('person', '=', person)
    .orderBy('queued_at', 'desc')
    .execute()
}
