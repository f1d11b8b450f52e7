import { type Kysely, sql } from 'kysely'

/** Receipts of official systems that a draft was copied into. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.official_receipt (
      id uuid primary key default gen_random_uuid(),
      application uuid not null references applications.application on delete cascade,
      -- files.file
      file uuid not null,
      name text not null,
      -- As the official system numbered it.
      number text not null,
      filed_by uuid not null,
      filed_at timestamptz not null default clock_timestamp(),
      -- Taken out again: it stays in the history.
      removed_by uuid,
      removed_at timestamptz,
      check ((removed_by is null) = (removed_at is null))
    )`.execute(database)
  await sql`create index receipts_of_an_application on applications.official_receipt (application)`.execute(
    database
  )
}
