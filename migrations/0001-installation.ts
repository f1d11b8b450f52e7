import { type Kysely, sql } from 'kysely'

/** The schema `kopa` and its one table: this installation, one row. */
export async function up(database: Kysely<unknown>): Promise<void> {
  // Migrations keep their own list in the schema, so it may be there already.
  await sql`create schema if not exists kopa`.execute(database)
  await sql`
    create table kopa.installation (
      id uuid primary key default gen_random_uuid(),
      installed_at timestamptz not null default now(),
      version text not null,
      restore_id uuid
    )`.execute(database)
  // At most one row: a second one has the same value in this index.
  await sql`create unique index one_installation on kopa.installation ((true))`.execute(database)
}
