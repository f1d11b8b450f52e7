import { type Kysely, sql } from 'kysely'

/** Writing together: when a version became visible, who is here, and what people say to each other about a draft. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table applications.answer_version
      -- Given by who saves: the same save, sent again, is known by it.
      add column save uuid,
      -- By which other servers find what is new: see src/modules/applications/writing/hub.server.ts.
      add column transaction xid8 not null default pg_current_xact_id()`.execute(database)
  // A text of one or two pages stays in its row, so that saving it anew touches one place instead of three.
  await sql`alter table applications.answer set (toast_tuple_target = 8000)`.execute(database)
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
  await discussion(database)
}

async function discussion(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.comment (
      id uuid primary key default gen_random_uuid(),
      application uuid not null references applications.application on delete cascade,
      -- A field, or a section: what its fields' paths begin with.
      path text collate "C" not null,
      -- The comment that began the talk; null: this one.
      answers uuid references applications.comment,
      text text not null,
      -- What it is about: the words that were selected, and where, in a version of the text.
      quote text,
      quote_from integer,
      quote_to integer,
      quote_version integer,
      mentions uuid[] not null default '{}',
      -- The form that it was typed into: see comments_said_once.
      form uuid,
      written_by uuid not null,
      written_at timestamptz not null default clock_timestamp(),
      -- Settled: of the comment that began the talk.
      settled_by uuid,
      settled_at timestamptz,
      check ((settled_by is null) = (settled_at is null)),
      check (settled_at is null or answers is null),
      check (num_nulls(quote, quote_from, quote_to, quote_version) in (0, 4))
    )`.execute(database)
  await sql`
    create unique index comments_said_once on applications.comment
      (application, written_by, form, path, answers, md5(text)) nulls not distinct where form is not null`.execute(
    database
  )
  await sql`create index comments_that_name_somebody on applications.comment using gin (mentions)`.execute(
    database
  )
  await sql`create index comments_of_an_application on applications.comment (application, path)`.execute(
    database
  )
  await sql`
    create table applications.suggestion (
      id uuid primary key default gen_random_uuid(),
      application uuid not null references applications.application on delete cascade,
      path text collate "C" not null,
      -- What is proposed: a change of this version of the text.
      base integer not null,
      delta jsonb not null,
      note text,
      suggested_by uuid not null,
      suggested_at timestamptz not null default clock_timestamp(),
      decision text check (decision in ('accepted', 'declined', 'taken-back')),
      decided_by uuid,
      decided_at timestamptz,
      -- The version that it became.
      version integer,
      check ((decision is null) = (decided_at is null)),
      check ((decision is null) = (decided_by is null)),
      check ((version is not null) = (decision is not distinct from 'accepted'))
    )`.execute(database)
  await sql`create index suggestions_of_an_application on applications.suggestion (application, path)`.execute(
    database
  )
  await sql`
    create table applications.task (
      id uuid primary key default gen_random_uuid(),
      application uuid not null references applications.application on delete cascade,
      -- A field, or a section.
      path text collate "C" not null,
      person uuid not null,
      note text,
      given_by uuid not null,
      given_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz,
      ended_by uuid,
      -- Done, or no longer asked for.
      ending text check (ending in ('done', 'taken-back')),
      check (num_nulls(ended_at, ended_by, ending) in (0, 3))
    )`.execute(database)
  await sql`create unique index one_task_each on applications.task (application, path, person) where ended_at is null`.execute(
    database
  )
  await sql`create index tasks_of_a_person on applications.task (person) where ended_at is null`.execute(
    database
  )
  // One row an application, written with each of these: by it other servers hear that there is something to read.
  await sql`
    create table applications.discussion (
      application uuid primary key references applications.application on delete cascade,
      transaction xid8 not null default pg_current_xact_id()
    )`.execute(database)
}
