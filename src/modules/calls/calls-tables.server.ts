import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { CallKind, CallTerms, Translated } from './call.ts'
import type { CallCard } from './card.ts'
import type { Change } from './changes.ts'
import type { Stage, StepName } from './life.ts'
import type { YearPlan } from './year-plan.ts'

type Instant = Temporal.Instant
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Instant, string | undefined, string>
/** A moment that may not have come. */
type MaybeMoment = ColumnType<Instant | null, string | null | undefined, string | null>
type Json<Value> = ColumnType<Value, string, string>

export type CallTable = {
  id: Generated<string>
  code: string
  body: string
  edition: number
  kind: CallKind
  stage: Generated<Stage>
  revision: Generated<number>
  published_revision: number | null
  published_at: MaybeMoment
  shown_since: MaybeMoment
  opens_at: MaybeMoment
  closes_at: MaybeMoment
  zone: Generated<string>
  corrigenda: Generated<number>
  card: ColumnType<CallCard | null, string | null | undefined, string | null>
  form: string | null
  cloned_from: string | null
  created_at: MadeMoment
  changed_at: MadeMoment
}

export type RevisionTable = {
  id: Generated<string>
  call: string
  number: number
  terms: Json<CallTerms>
  saved_by: string
  saved_at: MadeMoment
}

export type StepTable = {
  id: ColumnType<string, never, never>
  call: string
  step: StepName
  revision: number
  taken_by: string
  taken_at: MadeMoment
  remarks: string | null
}

export type CorrigendumTable = {
  id: Generated<string>
  call: string
  number: number | null
  reason: Json<Translated>
  begun_by: string
  begun_at: MadeMoment
  sent_by: string | null
  sent_at: MaybeMoment
  remarks: string | null
  published_by: string | null
  published_at: MaybeMoment
  from_revision: number | null
  revision: number | null
  changes: ColumnType<Change[] | null, string | null | undefined, string | null>
  dropped_at: MaybeMoment
  form: string | null
}

export type WatchTable = {
  id: Generated<string>
  person: string | null
  email: string | null
  language: string
  call: string | null
  filter: string | null
  key: Generated<string>
  asked_at: MadeMoment
  told_at: MaybeMoment
  confirmed_at: MaybeMoment
}

export type ReminderTable = {
  watch: string
  call: string
  days: number
  closes_at: ColumnType<Instant, string, never>
  told_at: MadeMoment
}

export type YearTable = { edition: number; revision: Generated<number> }

export type YearRevisionTable = {
  edition: number
  number: number
  plan: Json<YearPlan>
  saved_by: string
  saved_at: MadeMoment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'calls.call': CallTable
    'calls.revision': RevisionTable
    'calls.step': StepTable
    'calls.corrigendum': CorrigendumTable
    'calls.watch': WatchTable
    'calls.reminder': ReminderTable
    'calls.year': YearTable
    'calls.year_revision': YearRevisionTable
  }
}
