import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import type { Language } from '../texts/language.ts'
import type { MailContent } from './mail.ts'
import type { MailFailure, MailState } from './message.ts'
import './mail-tables.ts'

/** A mail of the outbox, without its words. What was erased is null. */
export type OutboxMail = {
  id: string
  queuedAt: Temporal.Instant
  /** module.what-for */
  kind: string
  language: Language
  to: string | null
  subject: string | null
  state: MailState
  attempts: number
  /** Where it waits. */
  nextAttempt: Temporal.Instant | null
  /** When it was sent, or failed. */
  endedAt: Temporal.Instant | null
  failure: MailFailure | null
  /** What the mail server said last. */
  answer: string | null
  /** Whether its link lets one into an account. */
  opens: 'account' | null
  erased: boolean
}

const columns = sql<OutboxMail>`
  id, queued_at as "queuedAt", kind, language, recipient as "to", subject, state, attempts,
  next_attempt_at as "nextAttempt", coalesce(sent_at, failed_at) as "endedAt", failure, answer, opens,
  content is null as erased`

/** The newest mails, or those older than one that was shown. */
export async function outboxMails(
  database: Database,
  { state, olderThan, most }: { state?: MailState | undefined; olderThan?: string | undefined; most: number }
): Promise<OutboxMail[]> {
  const ofState = state ? sql`and state = ${state}` : sql``
  const older = olderThan
    ? sql`and (queued_at, id) < (select queued_at, id from mail.message where id = ${olderThan}::uuid)`
    : sql``
  const { rows } = await sql<OutboxMail>`
    select ${columns} from mail.message where true ${ofState} ${older}
    order by queued_at desc, id desc limit ${most}`.execute(database)
  return rows
}

/** One mail with its words, as far as they are kept. */
export async function outboxMail(
  database: Database,
  id: string
): Promise<(OutboxMail & { content: MailContent | null }) | undefined> {
  const { rows } = await sql<OutboxMail & { content: MailContent | null }>`
    select ${columns}, content from mail.message where id = ${id}::uuid`.execute(database)
  return rows[0]
}

/** How much there is of each state, and whether the mail server takes mail at all. */
export type OutboxState = {
  counts: Record<MailState, number>
  /** Why no mail can be sent now: what was said when it was last tried, and since when the oldest one waits. */
  trouble: { answer: string; since: Temporal.Instant } | undefined
}

export async function outboxState(database: Database): Promise<OutboxState> {
  const { rows } = await sql<{ state: MailState; count: number }>`
    select state, count(*)::int as count from mail.message group by state`.execute(database)
  const counts: Record<MailState, number> = { waiting: 0, kept: 0, sending: 0, sent: 0, failed: 0 }
  for (const { state, count } of rows) counts[state] = count
  // What was tried and is due all the same waits for the server; what is put off is due later.
  const { rows: due } = await sql<{ answer: string; since: Temporal.Instant }>`
    select answer, queued_at as since from mail.message
    where state = 'waiting' and attempts > 0 and answer is not null and next_attempt_at <= clock_timestamp()
    order by next_attempt_at limit 1`.execute(database)
  return { counts, trouble: due[0] }
}

/**
 * Has mails sent that were kept or that failed, one or all of a state. Those whose words are erased or whose link
 * has ended stay as they are.
 * @returns the mails that wait now
 */
export async function sendAgain(
  transaction: Database,
  which: { mail: string } | { all: 'kept' | 'failed' }
): Promise<string[]> {
  const those = 'mail' in which ? sql`id = ${which.mail}::uuid` : sql`state = ${which.all}`
  const { rows } = await sql<{ id: string }>`
    update mail.message set state = 'waiting', next_attempt_at = clock_timestamp(), attempts = 0,
      failed_at = null, failure = null
    where ${those} and state in ('kept', 'failed') and content is not null and recipient is not null
      and (worthless_after is null or worthless_after > clock_timestamp())
    returning id`.execute(transaction)
  return rows.map(({ id }) => id)
}
