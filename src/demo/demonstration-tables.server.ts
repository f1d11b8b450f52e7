import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** One row, where the installation is a demonstration. */
export type DemonstrationTable = {
  decided_at: ColumnType<Temporal.Instant, never, never>
  version: string
  set_up_at: ColumnType<Temporal.Instant | null, never, string>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'kopa.demonstration': DemonstrationTable
  }
}
