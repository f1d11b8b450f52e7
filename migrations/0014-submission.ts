import { type Kysely, sql } from 'kysely'

/** Applications handed in: what, when, under which number; what was tried in vain; and when servers were there. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await submissions(database)
  await attempts(database)
}

async function submissions(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.submission (
      id uuid primary key,
      application uuid not null references applications.application,
      call text not null,
      -- Its place in the chain of the call's submissions in the audit log: gapless, and signed with the entry.
      number integer not null,
      state text not null default 'counts' check (state in ('counts', 'taken-back', 'replaced', 'withdrawn')),
      -- The complete request had reached the server, by the database's clock; wrong by at most so many milliseconds.
      received_at timestamptz not null,
      clock_error double precision not null check (clock_error >= 0),
      accepted_at timestamptz not null,
      -- SHA-256 of the canonical JSON of the manifest.
      hash bytea not null,
      submitted_by uuid not null,
      -- audit.entry
      entry bigint not null unique,
      -- A form that was sent twice hands in once.
      form uuid not null,
      -- When it was taken back, replaced or withdrawn last, and by whom.
      changed_at timestamptz,
      changed_by uuid,
      -- Its PDF (files.file), once it is made.
      paper uuid,
      -- When its receipt is to be written to those who take part; null once it was.
      tell_at timestamptz default clock_timestamp(),
      unique (call, number),
      unique (application, form),
      constraint accepted_soon check (accepted_at <= received_at + interval '60 seconds')
    )`.execute(database)
  await sql`create unique index one_submission_stands on applications.submission (application)
    where state in ('counts', 'taken-back')`.execute(database)
  await sql`create index submissions_untold on applications.submission (accepted_at)
    where tell_at is not null`.execute(database)
  await sql`create index submissions_without_paper on applications.submission (accepted_at)
    where paper is null`.execute(database)
  await sql`
    create table applications.submitted_content (
      -- Written just before the number is taken, so that nobody waits for it.
      submission uuid primary key references applications.submission deferrable initially deferred,
      -- By path: a text, or any other JSON. Kept as it is read: nothing is ever asked of what is in it. Null while
      -- the application stays submitted and they stand in applications.answer, where nobody may change them.
      answers json,
      -- Paths of answers that were not part of it.
      left_out text[] not null,
      -- All the rest: manifest.ts has its form.
      frame json not null,
      -- What it came to when it was accepted: figures.ts has their form. Null until somebody asks, a job has time, or
      -- the application is opened again.
      figures json
    )`.execute(database)
  // Compressing it would take longer than keeping it. The answers are copied when there is time.
  await sql`
    alter table applications.submitted_content alter column frame set storage external`.execute(database)
  await sql`
    create function applications.refuse_change() returns trigger language plpgsql
    as $$ begin raise exception 'What was handed in is not changed.' using errcode = 'restrict_violation'; end $$
    `.execute(database)
  // Its answers are copied into it once, and its figures kept once.
  await sql`create trigger keep_content before update on applications.submitted_content
    for each row when ((old.answers is not null and new.answers::text is distinct from old.answers::text)
      or (old.figures is not null and new.figures::text is distinct from old.figures::text)
      or new.submission <> old.submission or new.left_out <> old.left_out
      or new.frame::text <> old.frame::text)
    execute function applications.refuse_change()`.execute(database)
  await sql`create trigger keep_content_whole before delete on applications.submitted_content
    for each row execute function applications.refuse_change()`.execute(database)
  // Who opens an application for writing again has copied what was handed in.
  await sql`
    create function applications.refuse_opening() returns trigger language plpgsql
    as $$ begin
      if exists (select from applications.submission s join applications.submitted_content c on c.submission = s.id
        where s.application = new.id and c.answers is null)
      then raise exception 'What was handed in is not copied yet.' using errcode = 'restrict_violation'; end if;
      return new;
    end $$`.execute(database)
  await sql`create trigger copied_before_opening before update on applications.application
    for each row when (old.state = 'submitted' and new.state <> 'submitted')
    execute function applications.refuse_opening()`.execute(database)
}

async function attempts(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.attempt (
      id bigint generated always as identity primary key,
      application uuid not null references applications.application on delete cascade,
      call text not null,
      made_by uuid not null,
      what text not null check (what in ('save', 'submit')),
      -- Who says so: this system, or whoever made the attempt, afterwards.
      known_by text not null check (known_by in ('system', 'claim')),
      -- refused: rightly, for the reason; failed: the system's fault.
      outcome text not null check (outcome in ('refused', 'failed')),
      why text not null,
      at timestamptz not null,
      clock_error double precision not null default 0,
      noted_at timestamptz not null default clock_timestamp(),
      -- One report of a client is one claim.
      form uuid unique
    )`.execute(database)
  await sql`create index attempts_of_a_call on applications.attempt (call, at)`.execute(database)
  await sql`create index attempts_of_somebody on applications.attempt (application, made_by)`.execute(
    database
  )
  await sql`
    create table applications.watch (
      id uuid primary key,
      -- From its first to its last sign of life a server was there.
      since timestamptz not null default clock_timestamp(),
      until timestamptz not null default clock_timestamp()
    )`.execute(database)
  await sql`create index watches_by_time on applications.watch (until)`.execute(database)
}
