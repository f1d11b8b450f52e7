import type { ColumnType } from 'kysely'
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

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.presence': PresenceTable
  }
}
