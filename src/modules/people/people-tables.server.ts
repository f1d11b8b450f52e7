import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Language } from '#shared/texts/language.ts'

type Instant = Temporal.Instant
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Instant, string | undefined, string>
/** A moment that is always given. */
type GivenMoment = ColumnType<Instant, string, string>
/** A moment that may not have come. */
type MaybeMoment = ColumnType<Instant | null, string | null | undefined, string | null>

export type PersonTable = {
  id: Generated<string>
  name: string
  /** null: the person was erased. */
  email: string | null
  email_confirmed_at: MaybeMoment
  language: Generated<string>
  created_at: MadeMoment
  erased_at: MaybeMoment
}

export type RoleTable = {
  id: Generated<string>
  person: string
  role: 'member' | 'representative' | 'officer' | 'expert' | 'administrator'
  organisation: string | null
  body: string | null
  from_at: MadeMoment
  until_at: MaybeMoment
  instead_of: string | null
}

export type SessionTable = {
  id: Generated<string>
  person: string
  secret_digest: Buffer
  opened_at: MadeMoment
  last_seen_at: MadeMoment
  expires_at: GivenMoment
  proved_at: MadeMoment
  second_factor_at: MaybeMoment
  mailbox_proved_at: MaybeMoment
  acting_role: string | null
  device: Generated<string>
}

export type KnownDeviceTable = {
  secret_digest: Buffer
  person: string
  first_seen_at: MadeMoment
  last_seen_at: MadeMoment
}

export type PasswordTable = { person: string; encoded: string; set_at: MadeMoment }

export type OneTimeCodeTable = {
  person: string
  sealed_secret: Buffer
  added_at: MadeMoment
  /** bigint, as text. */
  last_step: ColumnType<string, number, number>
}

export type RecoveryCodeTable = { person: string; digest: Buffer; made_at: MadeMoment; used_at: MaybeMoment }

export type PasskeyTable = {
  id: string
  person: string
  public_key: Buffer
  /** bigint, as text. */
  counter: ColumnType<string, number, number>
  transports: Generated<string[]>
  name: string
  added_at: MadeMoment
  last_used_at: MaybeMoment
}

export type OutsideIdentityTable = {
  provider: string
  subject: string
  person: string
  label: string
  linked_at: MadeMoment
  last_used_at: MaybeMoment
}

export type LinkTable = {
  id: Generated<string>
  secret_digest: Buffer
  opens: 'sign-up' | 'password' | 'new-address' | 'old-address'
  person: string | null
  email: string
  language: Language
  next: string | null
  made_at: MadeMoment
  expires_at: GivenMoment
  used_at: MaybeMoment
}

export type CeremonyTable = {
  secret_digest: Buffer
  kind: string
  person: string | null
  facts: ColumnType<unknown, string, string>
  expires_at: GivenMoment
}

export type AttemptsTable = { key: Buffer; made: number; last_at: GivenMoment }

export type TokenTable = {
  id: Generated<string>
  person: string
  role: string | null
  name: string
  secret_digest: Buffer
  scopes: string[]
  made_at: MadeMoment
  second_factor_at: MaybeMoment
  expires_at: GivenMoment
  last_used_at: MaybeMoment
  revoked_at: MaybeMoment
}

export type ConsentTable = {
  id: Generated<string>
  person: string
  consent: string
  version: string
  language: string
  said: string
  given_at: MadeMoment
  withdrawn_at: MaybeMoment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'people.person': PersonTable
    'people.role': RoleTable
    'people.session': SessionTable
    'people.known_device': KnownDeviceTable
    'people.password': PasswordTable
    'people.one_time_code': OneTimeCodeTable
    'people.recovery_code': RecoveryCodeTable
    'people.passkey': PasskeyTable
    'people.outside_identity': OutsideIdentityTable
    'people.link': LinkTable
    'people.ceremony': CeremonyTable
    'people.attempts': AttemptsTable
    'people.token': TokenTable
    'people.consent': ConsentTable
  }
}
