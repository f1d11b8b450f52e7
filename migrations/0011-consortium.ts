import { type Kysely, sql } from 'kysely'

/** Consortia: who is asked by mail, by which mandate a partner takes part, and what it says of itself. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.invitation (
      id uuid primary key default gen_random_uuid(),
      participant uuid not null references applications.participant on delete cascade,
      -- Gone when it was answered, withdrawn or is over.
      email text,
      language text not null check (language in ('lv', 'en')),
      -- SHA-256 of what stands in the link.
      secret_digest bytea not null unique,
      invited_by uuid,
      invited_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      -- A link is spent by the answer only: looking at it changes nothing.
      answered_at timestamptz,
      answer text check (answer in ('accepted', 'declined')),
      withdrawn_at timestamptz,
      -- Of one that was accepted, for half a year or until its partner leaves: SHA-256 of what only whoever accepted
      -- was shown, and the address it was mailed to as HMAC-SHA256 by the secret of the link. Without the link, which
      -- is kept nowhere, that tells of no address whether it was the one.
      receipt_digest bytea unique,
      address_digest bytea,
      check (answer = 'accepted' or (receipt_digest is null and address_digest is null)),
      check ((answered_at is null) = (answer is null))
    )`.execute(database)
  await sql`create unique index one_open_invitation on applications.invitation (participant)
    where answered_at is null and withdrawn_at is null`.execute(database)
  await sql`create index invitations_to_an_address on applications.invitation (lower(email))
    where email is not null`.execute(database)
  await sql`
    create table applications.mandate (
      id uuid primary key default gen_random_uuid(),
      participant uuid not null references applications.participant on delete cascade,
      -- The record of the register for which it was given; null where the partner was known by name only.
      organisation uuid,
      -- Which text (src/modules/applications/consortium/mandate-texts.json), and in which language it was read.
      text text not null,
      language text not null check (language in ('lv', 'en')),
      way text not null check (way in ('account', 'link', 'signed-outside')),
      -- With an account: people.person.
      given_by uuid,
      signatory text,
      position text,
      given_at timestamptz not null default clock_timestamp(),
      -- The document (files.file) and its SHA-256.
      file uuid not null,
      digest bytea not null,
      -- Of one that was signed outside: what could be computed about its signatures, and who sent it.
      findings jsonb,
      sent_by uuid,
      -- Where an officer looked: whether it holds.
      confirmed_by uuid,
      confirmed_at timestamptz,
      verdict text check (verdict in ('holds', 'does-not-hold')),
      remarks text,
      -- When another took its place, or its partner left.
      ended_at timestamptz,
      check ((way = 'signed-outside') = (findings is not null)),
      check ((confirmed_at is null) = (verdict is null))
    )`.execute(database)
  await sql`create unique index one_mandate_in_force on applications.mandate (participant)
    where ended_at is null`.execute(database)
  await sql`
    create table applications.participant_detail (
      participant uuid primary key references applications.participant on delete cascade,
      -- What an associated partner does in the project.
      tasks text,
      -- Whose place it took.
      replaces uuid references applications.participant,
      -- Why it declined, left or was taken out.
      reason text,
      -- What it says of itself for the check, where the register holds no such fact.
      type text,
      established_on date,
      non_profit boolean,
      european_ngo boolean,
      functions text[],
      changed_by uuid,
      changed_at timestamptz not null default clock_timestamp()
    )`.execute(database)
  await sql`
    create table applications.limit_notice (
      -- organisations.organisation: told once that it is in more applications than a limit allows.
      organisation uuid not null,
      closes_at timestamptz not null,
      action text not null,
      limit_of text not null check (limit_of in ('organisation', 'coordinator')),
      told_at timestamptz not null default clock_timestamp(),
      primary key (organisation, closes_at, action, limit_of)
    )`.execute(database)
}
