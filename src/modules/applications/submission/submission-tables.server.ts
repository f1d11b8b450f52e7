import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Figures } from './figures.ts'
import type { SealedFrame } from './manifest.ts'
import type { SubmissionState } from './submission.ts'

type Moment = ColumnType<Temporal.Instant, string, string>
/** A moment that the database sets unless it is given. */
type MadeMoment = ColumnType<Temporal.Instant, string | undefined, string>
type MaybeMoment = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>

export type SubmissionTable = {
  id: string
  application: string
  call: string
  number: number
  state: Generated<SubmissionState>
  received_at: Moment
  clock_error: number
  accepted_at: Moment
  hash: Buffer
  submitted_by: string
  entry: string
  form: string
  changed_at: MaybeMoment
  changed_by: string | null
  paper: string | null
  tell_at: MaybeMoment
}

export type SubmittedContentTable = {
  submission: string
  answers: ColumnType<Record<string, JsonValue> | null, never, string>
  left_out: ColumnType<string[], string[], never>
  frame: ColumnType<SealedFrame, string, never>
  figures: ColumnType<Figures | null, never, string>
}

/** What somebody tried: to save, or to hand in. */
export type AttemptTable = {
  id: ColumnType<string, never, never>
  application: string
  call: string
  made_by: string
  what: 'save' | 'submit'
  known_by: 'system' | 'claim'
  outcome: 'refused' | 'failed'
  why: string
  at: Moment
  clock_error: Generated<number>
  noted_at: MadeMoment
  form: string | null
}

export type WatchTable = { id: string; since: MadeMoment; until: MadeMoment }

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.submission': SubmissionTable
    'applications.submitted_content': SubmittedContentTable
    'applications.attempt': AttemptTable
    'applications.watch': WatchTable
  }
}
