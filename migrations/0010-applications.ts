import { type Kysely, sql } from 'kysely'

/** Applications: who takes part, and what is answered, field by field, in every version. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema applications`.execute(database)
  await applications(database)
  await answers(database)
  await forms(database)
}

async function applications(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.application (
      id uuid primary key default gen_random_uuid(),
      -- What stands in addresses, and what people quote: 2026-lv-viaa-3-7kq2x.
      code text not null unique,
      -- The code of the call.
      call text not null,
      edition integer not null,
      action text not null,
      field text not null,
      -- In which it is written.
      language text not null,
      title text not null,
      -- calls.revision: the terms of its call that it is written under, and the version of the form by these.
      terms uuid not null,
      form_version integer not null,
      state text not null default 'draft' check (state in ('draft', 'submitted', 'withdrawn')),
      -- Goes up with every change of participants, rights, state or form: what was remembered before is stale.
      outline integer not null default 1,
      -- A form that was sent twice makes one application.
      form uuid unique,
      cloned_from uuid references applications.application,
      started_by uuid not null,
      started_at timestamptz not null default clock_timestamp()
      -- Room for another version on the same page, and no index on what changes: then no index is written to.
    ) with (fillfactor = 70)`.execute(database)
  await sql`create index applications_of_a_call on applications.application (call)`.execute(database)
  await sql`
    create table applications.participant (
      id uuid primary key default gen_random_uuid(),
      application uuid not null references applications.application on delete cascade,
      -- 0: the coordinator.
      position integer not null,
      role text not null check (role in ('coordinator', 'partner', 'associated')),
      -- organisations.organisation; null while only its name and an address are known.
      organisation uuid,
      name text not null,
      country text not null,
      state text not null default 'invited' check (state in ('invited', 'accepted', 'declined', 'left')),
      edits text not null default 'own' check (edits in ('own', 'all')),
      added_by uuid not null,
      added_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz,
      check ((state in ('declined', 'left')) = (ended_at is not null)),
      check ((position = 0) = (role = 'coordinator'))
    )`.execute(database)
  // Also of those who left, whom the one below does not hold.
  await sql`create index participants_of_an_application on applications.participant (application)`.execute(
    database
  )
  await sql`create unique index one_place_each on applications.participant (application, position)
    where ended_at is null`.execute(database)
  await sql`create unique index an_organisation_once on applications.participant (application, organisation)
    where ended_at is null and organisation is not null`.execute(database)
  await sql`create index applications_of_an_organisation on applications.participant (organisation)
    where organisation is not null`.execute(database)
}

async function answers(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.answer (
      application uuid not null references applications.application on delete cascade,
      -- Which field of the form: src/modules/applications/path.ts.
      path text collate "C" not null,
      -- A text, or any other value.
      text text,
      -- Whether any letter or sign stands in the text: asked for without reading it.
      says boolean generated always as (text ~ '\\S') stored,
      value jsonb,
      version integer not null,
      -- Characters as people see them.
      length integer not null,
      -- SHA-256 of the canonical JSON of what is answered.
      digest bytea not null,
      changed_by uuid not null,
      changed_at timestamptz not null default clock_timestamp(),
      primary key (application, path),
      check (text is null or value is null)
    ) with (fillfactor = 50)`.execute(database)
  // Texts are replaced as they are typed: left uncompressed in the row they cost least.
  await sql`alter table applications.answer alter column text set storage external`.execute(database)
  await sql`
    create table applications.answer_version (
      application uuid not null,
      path text collate "C" not null,
      version integer not null,
      -- What a text became out of the version before: a list of splices (src/modules/applications/writing/delta.ts).
      delta jsonb,
      -- The whole of any other value.
      value jsonb,
      how text not null check (how in ('typed', 'merged', 'restored', 'imported', 'suggested')),
      saved_by uuid not null,
      saved_at timestamptz not null default clock_timestamp(),
      primary key (application, path, version),
      foreign key (application, path) references applications.answer on delete cascade
    )`.execute(database)
}

async function forms(database: Kysely<unknown>): Promise<void> {
  // Each form that an application was ever written in: files of programmes only hold the present version.
  await sql`
    create table applications.kept_form (
      -- calls.revision: a call asks questions of its own, too, and may change them.
      terms uuid not null,
      action text not null,
      field text not null,
      version integer not null,
      form jsonb not null,
      kept_at timestamptz not null default clock_timestamp(),
      primary key (terms, action, field, version)
    )`.execute(database)
  await sql`
    create table applications.carried_over (
      application uuid not null references applications.application on delete cascade,
      from_terms uuid not null,
      from_version integer not null,
      to_terms uuid not null,
      to_version integer not null,
      -- What moved, what changed, what has no place any more, what is new: no answers.
      changes jsonb not null,
      at timestamptz not null default clock_timestamp(),
      primary key (application, to_terms, to_version)
    )`.execute(database)
}
