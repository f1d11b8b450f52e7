import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** JSON: read as a value, written as text. */
type Json = ColumnType<unknown, string, never>
type MadeMoment = ColumnType<Temporal.Instant, undefined, never>

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.kept_form': {
      terms: string
      action: string
      field: string
      version: number
      form: Json
      kept_at: MadeMoment
    }
    'applications.carried_over': {
      application: string
      from_terms: string
      from_version: number
      to_terms: string
      to_version: number
      changes: Json
      at: MadeMoment
    }
  }
}
