import { type Kysely, sql } from 'kysely'

/** Calls: what they say in each revision, what happened to them, who follows them, and the money of a year. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema calls`.execute(database)
  await calls(database)
  await followers(database)
  await yearlyBudget(database)
}

async function calls(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table calls.call (
      id uuid primary key default gen_random_uuid(),
      -- What stands in addresses: 2026-lv-viaa-3.
      code text not null unique,
      body text not null,
      edition integer not null,
      kind text not null,
      -- What people decided. Whether it is open is a question of the clock, asked by opens_at and closes_at.
      stage text not null default 'draft'
        check (stage in ('draft', 'in-review', 'published', 'in-assessment', 'decided', 'archived')),
      -- The newest revision; the one that everybody sees.
      revision integer not null default 0,
      published_revision integer,
      published_at timestamptz,
      -- Since when everybody sees it as it is: the time of the last corrigendum, if there is one.
      shown_since timestamptz,
      -- Of the published revision: the instants, and the zone in which the notice states them.
      opens_at timestamptz,
      closes_at timestamptz,
      zone text not null default 'Europe/Brussels',
      -- Published corrigenda.
      corrigenda integer not null default 0,
      -- What lists and feeds show of the published revision.
      card jsonb,
      -- A form that was sent twice makes one call.
      form uuid unique,
      cloned_from uuid references calls.call,
      created_at timestamptz not null default clock_timestamp(),
      changed_at timestamptz not null default clock_timestamp(),
      check ((published_revision is null) = (published_at is null)),
      check ((published_at is null) = (shown_since is null)),
      check (published_revision is null or (opens_at < closes_at and card is not null)),
      check (stage not in ('published', 'in-assessment', 'decided') or published_revision is not null)
    )`.execute(database)
  await sql`create index calls_of_a_body on calls.call (body, edition)`.execute(database)
  await sql`create index published_calls on calls.call (closes_at) where published_revision is not null`.execute(
    database
  )
  await sql`
    create table calls.revision (
      -- By which applications name the terms that they are written under.
      id uuid not null unique default gen_random_uuid(),
      call uuid not null references calls.call on delete cascade,
      number integer not null,
      terms jsonb not null,
      saved_by uuid not null,
      saved_at timestamptz not null default clock_timestamp(),
      primary key (call, number)
    )`.execute(database)
  // By the address of a document: which calls name it?
  await sql`create index documents_of_revisions on calls.revision
    using gin ((terms -> 'documents') jsonb_path_ops)`.execute(database)
  await sql`
    create table calls.step (
      id bigint generated always as identity primary key,
      call uuid not null references calls.call on delete cascade,
      step text not null check (step in ('drafted', 'sent', 'sent-back', 'taken-back', 'published', 'corrected',
        'assessment-begun', 'decided', 'archived')),
      revision integer not null,
      taken_by uuid not null,
      taken_at timestamptz not null default clock_timestamp(),
      remarks text
    )`.execute(database)
  await sql`create index steps_of_a_call on calls.step (call, id)`.execute(database)
  await sql`
    create table calls.corrigendum (
      id uuid primary key default gen_random_uuid(),
      call uuid not null references calls.call on delete cascade,
      -- Given when it is published: 1, 2, 3 without gaps.
      number integer,
      -- In languages, as everybody reads it: { "lv": …, "en": … }.
      reason jsonb not null,
      begun_by uuid not null,
      begun_at timestamptz not null default clock_timestamp(),
      sent_by uuid,
      sent_at timestamptz,
      -- What the second officer wrote when it was sent back.
      remarks text,
      published_by uuid,
      published_at timestamptz,
      from_revision integer,
      revision integer,
      changes jsonb,
      dropped_at timestamptz,
      form uuid unique,
      unique (call, number),
      check ((number is null) = (published_at is null)),
      check (published_at is null or (published_by is not null and revision is not null and changes is not null)),
      check (published_at is null or dropped_at is null)
    )`.execute(database)
  await sql`
    create unique index one_corrigendum_at_a_time on calls.corrigendum (call)
      where published_at is null and dropped_at is null`.execute(database)
}

async function followers(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table calls.watch (
      id uuid primary key default gen_random_uuid(),
      -- Somebody with an account, or an address that was confirmed.
      person uuid,
      email text,
      language text not null,
      -- One call, or every call that fits: the query of the list.
      call uuid references calls.call on delete cascade,
      filter text,
      -- In the links of mails: whoever has it may confirm and stop, nothing else.
      key uuid not null unique default gen_random_uuid(),
      asked_at timestamptz not null default clock_timestamp(),
      -- When the link to confirm was written last.
      told_at timestamptz,
      confirmed_at timestamptz,
      check ((person is null) <> (email is null)),
      check ((call is null) <> (filter is null)),
      check (person is null or confirmed_at is not null)
    )`.execute(database)
  await sql`create unique index one_watch_of_a_call on calls.watch (call, coalesce(person::text, lower(email)))
    where call is not null`.execute(database)
  await sql`create unique index one_watch_of_a_list on calls.watch (filter, coalesce(person::text, lower(email)))
    where filter is not null`.execute(database)
  await sql`create index watches_of_a_person on calls.watch (person) where person is not null`.execute(
    database
  )
  await sql`
    create table calls.reminder (
      watch uuid not null references calls.watch on delete cascade,
      call uuid not null references calls.call on delete cascade,
      days integer not null,
      -- The deadline that it told of: after an extension there are new ones.
      closes_at timestamptz not null,
      told_at timestamptz not null default clock_timestamp(),
      primary key (watch, call, days, closes_at)
    )`.execute(database)
}

async function yearlyBudget(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table calls.year (
      edition integer primary key,
      revision integer not null default 0
    )`.execute(database)
  await sql`
    create table calls.year_revision (
      edition integer not null references calls.year,
      number integer not null,
      plan jsonb not null,
      saved_by uuid not null,
      saved_at timestamptz not null default clock_timestamp(),
      primary key (edition, number)
    )`.execute(database)
}
