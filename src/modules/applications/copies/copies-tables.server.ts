import type { ColumnType, Generated } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

type MadeMoment = ColumnType<Temporal.Instant, string | undefined, string>
type MaybeMoment = ColumnType<Temporal.Instant | null, string | null | undefined, string | null>

export type OfficialReceiptTable = {
  id: Generated<string>
  application: string
  file: string
  name: string
  number: string
  filed_by: string
  filed_at: MadeMoment
  removed_by: string | null
  removed_at: MaybeMoment
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'applications.official_receipt': OfficialReceiptTable
  }
}
