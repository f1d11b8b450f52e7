import { type Kysely, sql } from 'kysely'

/** Bodies, their units and mandates; officers and their substitutes; advice, and what waits for whom. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema directory`.execute(database)
  await bodies(database)
  await officers(database)
  await advice(database)
}

async function bodies(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table directory.body (
      -- A short name that stays, such as lv-viaa; people.role and others refer to it.
      id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 60),
      -- What it is, the main thing first.
      kinds text[] not null check (cardinality(kinds) > 0),
      -- Null: it works for all of Europe.
      country text,
      short_name text,
      names jsonb not null,
      former_names jsonb not null default '[]',
      does jsonb,
      supervised_by text references directory.body,
      contacts jsonb not null default '[]',
      sources jsonb not null default '[]',
      checked_on date,
      ended_on date,
      revision integer not null default 1,
      -- As programmes/…/bodies.yaml last had it; null: somebody added it here.
      shipped jsonb,
      -- Set once a person changed it: what is shipped no longer overwrites it.
      edited_at timestamptz,
      edited_by uuid
    )`.execute(database)
  await sql`
    create table directory.unit (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      names jsonb not null,
      contacts jsonb not null default '[]',
      ended_on date,
      revision integer not null default 1,
      added_at timestamptz not null default clock_timestamp(),
      edited_by uuid,
      unique (body, id)
    )`.execute(database)
  await sql`
    create table directory.mandate (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      -- Null: of the body as a whole.
      unit uuid,
      purpose text not null,
      -- Null: any.
      countries text[],
      fields text[],
      actions text[],
      -- First and last day; null: not known, not ended.
      from_on date,
      until_on date,
      note jsonb,
      sources jsonb not null default '[]',
      checked_on date,
      -- It was written down by mistake and never held. Kept, so that nobody wonders.
      struck_at timestamptz,
      revision integer not null default 1,
      -- Its id in programmes/…/bodies.yaml.
      shipped_as text unique,
      shipped jsonb,
      edited_at timestamptz,
      edited_by uuid,
      check (until_on is null or from_on is null or until_on >= from_on),
      foreign key (body, unit) references directory.unit (body, id)
    )`.execute(database)
  await sql`create index mandates_of_a_body on directory.mandate (body)`.execute(database)
  await sql`
    -- What a body, unit or mandate said before somebody changed it.
    create table directory.earlier (
      subject text not null check (subject in ('body', 'unit', 'mandate')),
      id text not null,
      revision integer not null,
      state jsonb not null,
      until_at timestamptz not null default clock_timestamp(),
      -- Null: what is shipped changed.
      changed_by uuid,
      primary key (subject, id, revision)
    )`.execute(database)
}

async function officers(database: Kysely<unknown>): Promise<void> {
  await sql`
    -- An officer is a people.role; here stands what they do in their body.
    create table directory.post (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      person uuid not null,
      -- Null: head of the body. Otherwise an officer of this unit.
      unit uuid,
      from_at timestamptz not null default clock_timestamp(),
      until_at timestamptz,
      given_by uuid,
      foreign key (body, unit) references directory.unit (body, id),
      check (until_at is null or until_at >= from_at)
    )`.execute(database)
  await sql`create index posts_of_a_body on directory.post (body)`.execute(database)
  await sql`
    -- Who stands in for an officer. The substitute's own people.role says the same to the permission code.
    create table directory.substitution (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      officer uuid not null,
      officer_role uuid not null,
      substitute uuid not null,
      substitute_role uuid not null,
      from_at timestamptz not null,
      until_at timestamptz not null,
      -- For the officers of the body.
      reason text,
      named_by uuid,
      named_at timestamptz not null default clock_timestamp(),
      -- Ended before its time.
      ended_at timestamptz,
      check (until_at > from_at),
      check (officer <> substitute)
    )`.execute(database)
  await sql`create index substitutions_of_a_body on directory.substitution (body)`.execute(database)
  await sql`
    -- Somebody is asked to work for the body, or to stand in for one of its officers.
    create table directory.invitation (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      email text not null,
      language text not null,
      -- SHA-256 of the secret in the link.
      secret_digest bytea not null unique,
      -- What they are to be: head of the body, in which units, or (officer_role set) somebody's substitute.
      head boolean not null default false,
      units uuid[] not null default '{}',
      officer_role uuid,
      from_at timestamptz,
      until_at timestamptz,
      reason text,
      invited_by uuid not null,
      invited_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      accepted_by uuid,
      accepted_at timestamptz,
      withdrawn_at timestamptz,
      check ((officer_role is null) = (from_at is null and until_at is null)),
      check ((accepted_by is null) = (accepted_at is null))
    )`.execute(database)
  await sql`create index invitations_of_a_body on directory.invitation (body)`.execute(database)
  await sql`create index substitution_by_role on directory.substitution (substitute_role)`.execute(database)
}

async function advice(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table directory.advice_request (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null,
      asked_by uuid,
      asked_at timestamptz not null default clock_timestamp(),
      -- In which language one would like to be answered.
      language text not null,
      country text not null,
      action text,
      edition integer,
      field text,
      question text not null,
      withdrawn_at timestamptz
    )`.execute(database)
  await sql`create index advice_requests_of_an_organisation on directory.advice_request (organisation)`.execute(
    database
  )
  await sql`
    -- What waits at a body: one row a thing, whatever it is about.
    create table directory.waiting (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      -- Null: at the body, for any of its officers.
      unit uuid,
      kind text not null,
      -- The thing itself, in its own module.
      subject text not null,
      organisation uuid,
      since timestamptz not null default clock_timestamp(),
      -- The mandate by which it came here.
      mandate uuid references directory.mandate,
      taken_by uuid,
      taken_at timestamptz,
      settled_at timestamptz,
      settled_by uuid,
      foreign key (body, unit) references directory.unit (body, id),
      check ((taken_by is null) = (taken_at is null))
    )`.execute(database)
  await sql`create unique index waits_once on directory.waiting (kind, subject) where settled_at is null`.execute(
    database
  )
  await sql`create index waiting_at_a_body on directory.waiting (body, since) where settled_at is null`.execute(
    database
  )
  await sql`
    create table directory.advice (
      id uuid primary key default gen_random_uuid(),
      body text not null references directory.body,
      unit uuid,
      organisation uuid not null,
      -- Who advised: an officer, or an expert for the body.
      advisor uuid not null,
      advised_on date not null,
      how text not null check (how in ('meeting', 'call', 'letter', 'event', 'visit')),
      action text,
      edition integer not null,
      call uuid,
      topic text not null,
      -- What was written to the organisation, where it was asked here.
      answer text,
      -- For the officers of the body only.
      notes text,
      request uuid references directory.advice_request,
      booked_at timestamptz not null default clock_timestamp(),
      booked_by uuid not null,
      -- Booked by mistake; kept with the reason.
      struck_at timestamptz,
      struck_by uuid,
      struck_because text,
      foreign key (body, unit) references directory.unit (body, id),
      check ((struck_at is null) = (struck_because is null))
    )`.execute(database)
  await sql`create index advice_by_body on directory.advice (body, advised_on desc)`.execute(database)
  await sql`create index advice_by_advisor on directory.advice (advisor)`.execute(database)
  await sql`create index advice_to_organisation on directory.advice (organisation)`.execute(database)
}
