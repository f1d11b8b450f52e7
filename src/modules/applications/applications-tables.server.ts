import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Field } from '#modules/programmes'
import type { ApplicationState, ParticipantRole, ParticipantState } from './application.ts'

/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Temporal.Instant, string | undefined, string>
type MaybeMoment = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>
/** JSON: read as a value, written as text. */
type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>

export type ApplicationTable = {
  id: Generated<string>
  code: string
  call: string
  edition: number
  action: string
  field: Field
  language: string
  title: string
  terms: string
  form_version: number
  state: Generated<ApplicationState>
  outline: Generated<number>
  form: string | null
  cloned_from: string | null
  started_by: string
  started_at: MadeMoment
}

export type ParticipantTable = {
  id: Generated<string>
  application: string
  position: number
  role: ParticipantRole
  organisation: string | null
  name: string
  country: string
  state: Generated<ParticipantState>
  edits: Generated<'own' | 'all'>
  added_by: string
  added_at: MadeMoment
  ended_at: MaybeMoment
}

export type AnswerTable = {
  application: string
  path: string
  text: string | null
  says: GeneratedAlways<boolean | null>
  value: MaybeJson
  version: number
  length: number
  digest: Buffer
  changed_by: string
  changed_at: MadeMoment
}

/** How a version came about. */
export type How = 'typed' | 'merged' | 'restored' | 'imported' | 'suggested'

export type AnswerVersionTable = {
  application: string
  path: string
  version: number
  delta: MaybeJson
  value: MaybeJson
  how: How
  saved_by: string
  saved_at: MadeMoment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.application': ApplicationTable
    'applications.participant': ParticipantTable
    'applications.answer': AnswerTable
    'applications.answer_version': AnswerVersionTable
  }
}
