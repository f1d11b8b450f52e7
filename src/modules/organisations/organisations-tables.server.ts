import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { ProofMethod } from './domains/domain-proof.ts'
import type { Moved } from './duplicates/moved.ts'
import type { CharterHolder } from './import/charter-holder.ts'
import type { MemberRole } from './members/membership.ts'
import type { Act } from './record/acts.ts'
import type { ContactPurpose } from './record/contact.ts'
import type { FactGroup, FactKind, Level, Source } from './record/fact.ts'

type Instant = Temporal.Instant
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Instant, string | undefined, string>
/** A moment that may not have come. */
type MaybeMoment = ColumnType<Instant | null, string | null | undefined, string | null>
/** A day that may not be known. */
type MaybeDay = ColumnType<Temporal.PlainDate | null, string | null | undefined, string | null>

export type OrganisationTable = {
  id: Generated<string>
  code: string
  revision: Generated<number>
  registered_at: MadeMoment
  changed_at: MadeMoment
  merged_into: string | null
  shown: FactGroup[]
  name: string
  latin_name: string | null
  country: string
  city: string | null
  region: string | null
  type: string | null
  fields: Generated<string[]>
  topics: Generated<string[]>
  languages: Generated<string[]>
  level: Level
  charter_until: MaybeDay
}

export type FactTable = {
  id: Generated<string>
  organisation: string
  kind: FactKind
  detail: string
  value: string
  valid_from: MaybeDay
  valid_until: MaybeDay
  source: Source
  level: Level
  evidence: string | null
  stated_at: MadeMoment
  stated_by: string | null
  since_revision: number
  ended_revision: number | null
  ended_at: MaybeMoment
}

export type ChangeTable = {
  organisation: string
  revision: number
  at: MadeMoment
  by_person: string | null
  source: Source | 'product'
  act: Act
}

export type ContactTable = {
  id: Generated<string>
  organisation: string
  purpose: ContactPurpose
  name: string | null
  email: string | null
  phone: string | null
  shown: boolean
  position: number
}

export type CharterEditionTable = {
  edition: ColumnType<Temporal.PlainDate, string, never>
  file: string
  sha256: Buffer
  applied_at: MadeMoment
  rows: number
  added: number
  changed: number
  unchanged: number
  ended: number
  doubtful: number
  broken: number
  report: ColumnType<unknown, string, string>
}

export type CharterHolderTable = {
  erasmus_code: string
  organisation: string
  holder: ColumnType<CharterHolder, string, string>
  edition: ColumnType<Temporal.PlainDate, string, string>
  ended_with: MaybeDay
}

export type InvitationTable = {
  id: Generated<string>
  organisation: string
  email: string | null
  role: MemberRole
  role_from: MaybeMoment
  role_until: MaybeMoment
  secret_digest: Buffer
  invited_by: string
  invited_at: MadeMoment
  expires_at: ColumnType<Instant, string, never>
  accepted_at: MaybeMoment
  accepted_by: string | null
  withdrawn_at: MaybeMoment
}

export type JoinRequestTable = {
  id: Generated<string>
  organisation: string
  person: string
  role: MemberRole
  reason: string | null
  asked_at: MadeMoment
  decision: 'accepted' | 'declined' | 'withdrawn' | null
  decided_at: MaybeMoment
  decided_by: string | null
  answer: string | null
}

export type MergeTable = {
  id: Generated<string>
  kept: string
  merged: string
  merged_at: MadeMoment
  merged_by: string
  reason: string
  moved: ColumnType<Moved, string, never>
  undone_at: MaybeMoment
  undone_by: string | null
}

export type ToldApartTable = { one: string; other: string; at: MadeMoment; by_person: string; reason: string }

export type DomainProofTable = {
  id: Generated<string>
  organisation: string
  domain: string
  method: ProofMethod
  token: string | null
  secret_digest: Buffer | null
  mailed_to: string | null
  asked_by: string | null
  asked_at: MadeMoment
  expires_at: ColumnType<Instant, string, never>
  proved_at: MaybeMoment
  checked_at: MaybeMoment
  missing_since: MaybeMoment
  lost_at: MaybeMoment
}

export type EarlierGrantTable = {
  id: Generated<string>
  organisation: string
  programme: string
  action: string
  call_year: number
  role: 'coordinator' | 'partner'
  project: string | null
  source: string
  noted_at: MadeMoment
  noted_by: string | null
  withdrawn_at: MaybeMoment
}

/** `words` is a tsvector: compared by PostgreSQL, not read. */
export type NameTable = { organisation: string; name: string; folded: string; words: string }

export type WordTable = { word: string }

declare module '#shared/database/tables.ts' {
  interface Tables {
    'organisations.organisation': OrganisationTable
    'organisations.fact': FactTable
    'organisations.change': ChangeTable
    'organisations.contact': ContactTable
    'organisations.charter_edition': CharterEditionTable
    'organisations.charter_holder': CharterHolderTable
    'organisations.invitation': InvitationTable
    'organisations.join_request': JoinRequestTable
    'organisations.merge': MergeTable
    'organisations.told_apart': ToldApartTable
    'organisations.domain_proof': DomainProofTable
    'organisations.earlier_grant': EarlierGrantTable
    'organisations.name': NameTable
    'organisations.word': WordTable
  }
}
