import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Language } from '#shared/texts/language.ts'
import type { MandateWay, OutsideFindings, Verdict } from './mandate.ts'

type Instant = Temporal.Instant
type MadeMoment = ColumnType<Instant, string | undefined, string>
type MaybeMoment = ColumnType<Instant | null, string | null | undefined, string | null>

export type InvitationTable = {
  id: Generated<string>
  participant: string
  email: string | null
  language: Language
  secret_digest: Buffer
  invited_by: string | null
  invited_at: MadeMoment
  expires_at: ColumnType<Instant, string, string>
  answered_at: MaybeMoment
  answer: ColumnType<'accepted' | 'declined' | null, 'accepted' | 'declined' | null | undefined, string>
  withdrawn_at: MaybeMoment
  receipt_digest: Buffer | null
  address_digest: Buffer | null
}

export type MandateTable = {
  id: Generated<string>
  participant: string
  organisation: string | null
  text: string
  language: Language
  way: MandateWay
  given_by: string | null
  signatory: string | null
  position: string | null
  given_at: MadeMoment
  file: string
  digest: Buffer
  findings: ColumnType<OutsideFindings | null, string | null | undefined, never>
  sent_by: string | null
  confirmed_by: ColumnType<string | null, never, string | null>
  confirmed_at: MaybeMoment
  verdict: ColumnType<Verdict | null, never, Verdict>
  remarks: ColumnType<string | null, never, string | null>
  ended_at: MaybeMoment
}

export type ParticipantDetailTable = {
  participant: string
  tasks: string | null
  replaces: string | null
  reason: string | null
  /** organisation-types.yaml */
  type: string | null
  /** ISO day. */
  established_on: ColumnType<string | null, string | null | undefined, string | null>
  non_profit: boolean | null
  european_ngo: boolean | null
  functions: string[] | null
  changed_by: string | null
  changed_at: MadeMoment
}

export type LimitNoticeTable = {
  organisation: string
  closes_at: ColumnType<Instant, string, never>
  action: string
  limit_of: 'organisation' | 'coordinator'
  told_at: MadeMoment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.invitation': InvitationTable
    'applications.mandate': MandateTable
    'applications.participant_detail': ParticipantDetailTable
    'applications.limit_notice': LimitNoticeTable
  }
}
