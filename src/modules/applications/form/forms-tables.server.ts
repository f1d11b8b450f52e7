import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** JSON: read as a value, written as text. */
type Json = ColumnType<unknown, string, never>
type MadeMoment = ColumnType<Temporal.Instant, undefined, never>

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.kept_form': {
      action: string
      edition: number
      field: string
      version: number
      form: Json
      kept_at: MadeMoment
    }
    'applications.carried_over': {
      application: string
      from_version: number
      to_version: number
      changes: Json
      at: MadeMoment
    }
  }
}
