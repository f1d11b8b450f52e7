import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

type Instant = Temporal.Instant
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Instant, string | undefined, string>
/** A moment that may not have come. */
type MaybeMoment = ColumnType<Instant | null, string | null | undefined, string | null>

export type PersonTable = {
  id: Generated<string>
  name: string
  email: string
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
  expires_at: ColumnType<Instant, string, string>
  second_factor_at: MaybeMoment
  acting_role: string | null
  device: Generated<string>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'people.person': PersonTable
    'people.role': RoleTable
    'people.session': SessionTable
  }
}
