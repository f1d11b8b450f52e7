import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Moment } from '../database/tables.ts'
import type { Language } from '../texts/language.ts'
import type { MailContent } from './mail.ts'

export type MessageTable = {
  id: Generated<string>
  queued_at: ColumnType<Temporal.Instant, never, never>
  kind: string
  language: Language
  person: string | null
  recipient: string | null
  subject: string | null
  content: ColumnType<MailContent | null, string, string | null>
  opens: 'account' | null
  worthless_after: Moment | null
  state: Generated<'waiting' | 'kept' | 'sending' | 'sent' | 'failed'>
  attempts: Generated<number>
  next_attempt_at: Generated<Moment | null>
  sending_since: Generated<Moment | null>
  sent_at: Generated<Moment | null>
  failed_at: Generated<Moment | null>
  failure: Generated<'refused' | 'given-up' | 'too-late' | null>
  answer: Generated<string | null>
  erased_at: Generated<Moment | null>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'mail.message': MessageTable
  }
}
