import { type Kysely, sql } from 'kysely'

/** Writing together: which save made a version and when others may see it, and who is here. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table applications.answer_version
      -- Given by who saves: the same save, sent again, is known by it.
      add column save uuid,
      -- By which other servers find what is new: see src/modules/applications/writing/hub.server.ts.
      add column transaction xid8 not null default pg_current_xact_id()`.execute(database)
  await sql`create index answers_by_transaction on applications.answer_version (transaction)`.execute(
    database
  )
  // Who has a field open, and where their cursor stands. Worth nothing after 15 seconds, so nothing after a crash.
  await sql`
    create unlogged table applications.presence (
      application uuid not null,
      -- One open window of a browser, by a number that it draws.
      view uuid not null,
      person uuid not null,
      path text,
      -- UTF-16 units into the text of this version.
      from_unit integer,
      to_unit integer,
      version integer,
      seen_at timestamptz not null default clock_timestamp(),
      primary key (application, view)
    )`.execute(database)
}
