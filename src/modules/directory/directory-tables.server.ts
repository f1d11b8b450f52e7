import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { BodyKind, Contact, FormerName } from './body.ts'
import type { SourceRef } from './source.ts'

type Day = ColumnType<Temporal.PlainDate | null, string | null | undefined, string | null>
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Temporal.Instant, string | undefined, string>
type MaybeMoment = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>
/** Kept as jsonb; written as text. */
type Json<Value> = ColumnType<Value, string, string>
type JsonWithDefault<Value> = ColumnType<Value, string | undefined, string>
type MaybeJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>

export type BodyTable = {
  id: string
  kinds: BodyKind[]
  country: string | null
  short_name: string | null
  names: Json<Words>
  former_names: JsonWithDefault<FormerName[]>
  does: MaybeJson<Words>
  supervised_by: string | null
  contacts: JsonWithDefault<Contact[]>
  sources: JsonWithDefault<SourceRef[]>
  checked_on: Day
  ended_on: Day
  revision: Generated<number>
  shipped: MaybeJson<unknown>
  edited_at: MaybeMoment
  edited_by: string | null
}

export type UnitTable = {
  id: Generated<string>
  body: string
  names: Json<Words>
  contacts: JsonWithDefault<Contact[]>
  ended_on: Day
  revision: Generated<number>
  added_at: MadeMoment
  edited_by: string | null
}

export type MandateTable = {
  id: Generated<string>
  body: string
  unit: string | null
  purpose: string
  countries: string[] | null
  fields: string[] | null
  actions: string[] | null
  from_on: Day
  until_on: Day
  note: MaybeJson<Words>
  sources: JsonWithDefault<SourceRef[]>
  checked_on: Day
  struck_at: MaybeMoment
  revision: Generated<number>
  shipped_as: string | null
  shipped: MaybeJson<unknown>
  edited_at: MaybeMoment
  edited_by: string | null
}

export type EarlierTable = {
  subject: 'body' | 'unit' | 'mandate'
  id: string
  revision: number
  state: Json<unknown>
  until_at: MadeMoment
  changed_by: string | null
}

export type PostTable = {
  id: Generated<string>
  body: string
  person: string
  unit: string | null
  from_at: MadeMoment
  until_at: MaybeMoment
  given_by: string | null
}

export type SubstitutionTable = {
  id: Generated<string>
  body: string
  officer: string
  officer_role: string
  substitute: string
  substitute_role: string
  from_at: ColumnType<Temporal.Instant, string, string>
  until_at: ColumnType<Temporal.Instant, string, string>
  reason: string | null
  named_by: string | null
  named_at: MadeMoment
  ended_at: MaybeMoment
}

export type InvitationTable = {
  id: Generated<string>
  body: string
  email: string
  language: string
  secret_digest: Buffer
  head: Generated<boolean>
  units: Generated<string[]>
  officer_role: string | null
  from_at: MaybeMoment
  until_at: MaybeMoment
  reason: string | null
  invited_by: string
  invited_at: MadeMoment
  expires_at: ColumnType<Temporal.Instant, string, never>
  accepted_by: string | null
  accepted_at: MaybeMoment
  withdrawn_at: MaybeMoment
}

export type AdviceRequestTable = {
  id: Generated<string>
  organisation: string
  asked_by: string | null
  asked_at: MadeMoment
  language: string
  country: string
  action: string | null
  edition: number | null
  field: string | null
  question: string
  withdrawn_at: MaybeMoment
}

export type WaitingTable = {
  id: Generated<string>
  body: string
  unit: string | null
  kind: string
  subject: string
  organisation: string | null
  since: MadeMoment
  mandate: string | null
  taken_by: string | null
  taken_at: MaybeMoment
  settled_at: MaybeMoment
  settled_by: string | null
}

export type AdviceTable = {
  id: Generated<string>
  body: string
  unit: string | null
  organisation: string
  advisor: string
  advised_on: ColumnType<Temporal.PlainDate, string, never>
  how: 'meeting' | 'call' | 'letter' | 'event' | 'visit'
  action: string | null
  edition: number
  call: string | null
  topic: string
  answer: string | null
  notes: string | null
  request: string | null
  booked_at: MadeMoment
  booked_by: string
  struck_at: MaybeMoment
  struck_by: string | null
  struck_because: string | null
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'directory.body': BodyTable
    'directory.unit': UnitTable
    'directory.mandate': MandateTable
    'directory.earlier': EarlierTable
    'directory.post': PostTable
    'directory.substitution': SubstitutionTable
    'directory.invitation': InvitationTable
    'directory.advice_request': AdviceRequestTable
    'directory.waiting': WaitingTable
    'directory.advice': AdviceTable
  }
}
