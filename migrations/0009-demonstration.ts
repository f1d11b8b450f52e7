import { type Kysely, sql } from 'kysely'

/** Whether this installation is a demonstration: one row, or none for ever. src/demo/README.md explains. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table kopa.demonstration (
      -- Decided by the first start, by which version of the product.
      decided_at timestamptz not null default clock_timestamp(),
      version text not null,
      -- When its world stood; null: the start that should set it up was broken off.
      set_up_at timestamptz
    )`.execute(database)
  await sql`create unique index one_demonstration on kopa.demonstration ((true))`.execute(database)
}
