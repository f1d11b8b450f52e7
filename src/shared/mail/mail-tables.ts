import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Language } from '../texts/language.ts'
import type { MailContent } from './mail.ts'

type MomentOrNone = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>

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
  worthless_after: MomentOrNone
  state: Generated<'waiting' | 'kept' | 'sending' | 'sent' | 'failed'>
  attempts: Generated<number>
  next_attempt_at: MomentOrNone
  sending_since: MomentOrNone
  sent_at: MomentOrNone
  failed_at: MomentOrNone
  failure: Generated<'refused' | 'given-up' | 'too-late' | null>
  answer: Generated<string | null>
  erased_at: MomentOrNone
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'mail.message': MessageTable
  }
}
