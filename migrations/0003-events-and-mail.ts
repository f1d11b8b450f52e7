import { type Kysely, sql } from 'kysely'

/** What happened, for those who listen (schema `events`), and the mail that goes out (schema `mail`). */
export async function up(database: Kysely<unknown>): Promise<void> {
  await events(database)
  await mail(database)
}

async function events(database: Kysely<unknown>): Promise<void> {
  await sql`create schema events`.execute(database)
  await sql`
    create table events.event (
      id bigint generated always as identity primary key,
      -- The transaction that announced it: readers stay below the oldest that still runs, so none is skipped.
      transaction xid8 not null default pg_current_xact_id(),
      announced_at timestamptz not null default clock_timestamp(),
      name text not null,
      facts jsonb not null,
      -- When its deliveries were made; null: not yet.
      dispatched_at timestamptz
    )`.execute(database)
  await sql`create index event_in_order on events.event (transaction, id)`.execute(database)
  await sql`create index event_to_dispatch on events.event (id) where dispatched_at is null`.execute(database)
  await sql`create index event_by_age on events.event (announced_at)`.execute(database)
  await sql`
    create table events.delivery (
      event bigint not null references events.event on delete cascade,
      -- Who listens, such as directory.note-organisation.
      listener text not null,
      -- In the transaction that the listener worked in; null: not yet.
      handled_at timestamptz,
      primary key (event, listener)
    )`.execute(database)
  await sql`create index delivery_open on events.delivery (event) where handled_at is null`.execute(database)
  // Numbers of transactions are those of the server that the backup came from. Jobs are in no backup: those of the
  // data that was there go, and those of open deliveries are made again at the start (dispatch.ts).
  await sql`
    create function events.after_restore() returns void language plpgsql as $$
    begin
      update events.event set transaction = pg_current_xact_id();
      drop schema if exists graphile_worker cascade;
    end $$`.execute(database)
}

async function mail(database: Kysely<unknown>): Promise<void> {
  await sql`create schema mail`.execute(database)
  await sql`
    create table mail.message (
      -- Also its Message-ID, the same for each attempt.
      id uuid primary key default gen_random_uuid(),
      queued_at timestamptz not null default clock_timestamp(),
      kind text not null,
      language text not null,
      person uuid,
      -- These three are erased some time after the mail was sent, or with the person.
      recipient text,
      subject text,
      content jsonb,
      opens text check (opens = 'account'),
      worthless_after timestamptz,
      state text not null default 'waiting'
        check (state in ('waiting', 'kept', 'sending', 'sent', 'failed')),
      attempts integer not null default 0,
      next_attempt_at timestamptz default clock_timestamp(),
      sending_since timestamptz,
      sent_at timestamptz,
      failed_at timestamptz,
      failure text check (failure in ('refused', 'given-up', 'too-late')),
      -- What went wrong last, or what the mail server answered.
      answer text,
      erased_at timestamptz,
      check ((state = 'waiting') = (next_attempt_at is not null)),
      check ((state = 'sending') = (sending_since is not null)),
      check ((state = 'sent') = (sent_at is not null)),
      check ((state = 'failed') = (failed_at is not null and failure is not null)),
      check (erased_at is not null or (recipient is not null and subject is not null and content is not null))
    )`.execute(database)
  await sql`create index message_to_send on mail.message (next_attempt_at) where state = 'waiting'`.execute(
    database
  )
  await sql`create index message_under_way on mail.message (sending_since) where state = 'sending'`.execute(
    database
  )
  await sql`create index message_by_age on mail.message (queued_at desc, id)`.execute(database)
  await sql`create index message_of_person on mail.message (person) where person is not null`.execute(
    database
  )
  // What waited when the backup was made may have been sent since, or by another installation.
  await sql`
    create function mail.after_restore() returns void language sql as $$
      update mail.message set state = 'kept', next_attempt_at = null, sending_since = null
      where state in ('waiting', 'sending')
    $$`.execute(database)
}
