import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import type { Language } from '../texts/language.ts'
import type { MailContent } from './mail.ts'
import type { MailFailure, NextStep } from './message.ts'
import './mail-tables.ts'

/** A mail in the postman's hand. */
export type Taken = {
  id: string
  recipient: string
  subject: string
  content: MailContent
  language: Language
  attempts: number
  queuedAt: Temporal.Instant
  /** The database's clock. */
  now: Temporal.Instant
}

// Longer than any attempt can take (postman.ts), so whoever had it has ended.
const lostAfter = '5 minutes'
const now = sql<string>`clock_timestamp()`

/** Takes the mail that is due longest. Two postmen never take the same. */
export async function takeNext(database: Database): Promise<Taken | undefined> {
  const row = await database
    .updateTable('mail.message')
    .set(({ eb }) => ({
      state: 'sending',
      sending_since: now,
      next_attempt_at: null,
      attempts: eb('attempts', '+', 1)
    }))
    .where('id', '=', (from) =>
      from
        .selectFrom('mail.message')
        .select('id')
        .where('state', '=', 'waiting')
        .where('recipient', 'is not', null)
        .where('next_attempt_at', '<=', sql<Temporal.Instant>`clock_timestamp()`)
        .orderBy('next_attempt_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
    )
    .returning([
      'id',
      'recipient',
      'subject',
      'content',
      'language',
      'attempts',
      'queued_at as queuedAt',
      'sending_since as now'
    ])
    .executeTakeFirst()
  // What waits is whole; only what is done with is erased.
  return row as Taken | undefined
}

/** Notes what came of an attempt. A mail that lets one into an account loses its content once it is sent. */
export async function settle(database: Database, id: string, next: NextStep, answer: string): Promise<void> {
  await database
    .updateTable('mail.message')
    .set({
      state: next.state,
      sending_since: null,
      answer,
      ...(next.state === 'waiting'
        ? { next_attempt_at: sql<string>`clock_timestamp() + make_interval(secs => ${next.after})` }
        : {}),
      ...(next.state === 'sent'
        ? {
            sent_at: now,
            content: sql<string>`case when opens is null then content end`,
            erased_at: sql<string>`case when opens is not null then clock_timestamp() else erased_at end`
          }
        : {}),
      ...(next.state === 'failed' ? { failed_at: now, failure: next.failure } : {})
    })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
}

/** What has to be settled before sending: attempts whose process ended, mails of people erased, links that ended. */
export async function tidyMailbox(database: Database): Promise<void> {
  await database
    .updateTable('mail.message')
    .set({ state: 'waiting', sending_since: null, next_attempt_at: now })
    .where('state', '=', 'sending')
    .where('sending_since', '<', sql<Temporal.Instant>`clock_timestamp() - interval '${sql.raw(lostAfter)}'`)
    .execute()
  await database
    .deleteFrom('mail.message')
    .where('state', '=', 'waiting')
    .where('recipient', 'is', null)
    .execute()
  await database
    .updateTable('mail.message')
    .set({
      state: 'failed',
      failed_at: now,
      failure: 'too-late' satisfies MailFailure,
      next_attempt_at: null
    })
    .where('state', '=', 'waiting')
    .where('worthless_after', '<', sql<Temporal.Instant>`clock_timestamp()`)
    .execute()
}

/** Without a mail server: what waits is kept, so that a server configured later does not get it all at once. */
export async function keepWaiting(database: Database): Promise<void> {
  await database
    .updateTable('mail.message')
    .set({ state: 'kept', next_attempt_at: null })
    .where('state', '=', 'waiting')
    .execute()
}
