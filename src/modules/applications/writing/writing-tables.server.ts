import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** Who has an application open now. */
export type PresenceTable = {
  application: string
  view: string
  person: string
  path: string | null
  from_unit: number | null
  to_unit: number | null
  version: number | null
  seen_at: ColumnType<Temporal.Instant, string | undefined, string>
}

type MadeMoment = ColumnType<Temporal.Instant, string | undefined, never>
type LaterMoment = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>

export type CommentTable = {
  id: Generated<string>
  application: string
  path: string
  answers: string | null
  text: string
  quote: string | null
  quote_from: number | null
  quote_to: number | null
  quote_version: number | null
  form: string | null
  mentions: ColumnType<string[], string[] | undefined, string[]>
  written_by: string
  written_at: MadeMoment
  settled_by: string | null
  settled_at: LaterMoment
}

export type SuggestionTable = {
  id: Generated<string>
  application: string
  path: string
  base: number
  /** A change as it is kept (merge.ts), written as JSON. */
  delta: ColumnType<unknown, string, never>
  note: string | null
  suggested_by: string
  suggested_at: MadeMoment
  decision: 'accepted' | 'declined' | 'taken-back' | null
  decided_by: string | null
  decided_at: LaterMoment
  version: number | null
}

export type TaskTable = {
  id: Generated<string>
  application: string
  path: string
  person: string
  note: string | null
  given_by: string
  given_at: MadeMoment
  ended_at: LaterMoment
  ended_by: string | null
  ending: 'done' | 'taken-back' | null
}

export type DiscussionTable = {
  application: string
  /** xid8, as text. */
  transaction: ColumnType<string, never, string>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.presence': PresenceTable
    'applications.comment': CommentTable
    'applications.suggestion': SuggestionTable
    'applications.task': TaskTable
    'applications.discussion': DiscussionTable
  }
}
