import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

type WrittenByDatabase<Value> = ColumnType<Value, never, never>

export type EventTable = {
  /** bigint, as text. */
  id: WrittenByDatabase<string>
  /** xid8, as text. */
  transaction: WrittenByDatabase<string>
  announced_at: ColumnType<Temporal.Instant, never, never>
  name: string
  facts: ColumnType<unknown, string, never>
  dispatched_at: ColumnType<Temporal.Instant | null, never, string>
}

export type DeliveryTable = {
  event: string
  listener: string
  handled_at: ColumnType<Temporal.Instant | null, never, string>
}

declare module '#shared/database/tables.ts' {
  interface Tables {
    'events.event': EventTable
    'events.delivery': DeliveryTable
  }
}
