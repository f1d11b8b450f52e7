import { type Kysely, sql } from 'kysely'

/** People, how they prove who they are, the roles they hold, and what they agreed to. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema people`.execute(database)
  await persons(database)
  await roles(database)
  await sessions(database)
  await proofs(database)
  await passing(database)
  await tokens(database)
  await consents(database)
}

async function persons(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.person (
      id uuid primary key default gen_random_uuid(),
      -- Empty once the person was erased; so is the address.
      name text not null,
      -- As the person writes it; compared in lower case.
      email text,
      email_confirmed_at timestamptz,
      language text not null default 'lv',
      created_at timestamptz not null default now(),
      -- Set when somebody was erased: what stays then is a row without a name.
      erased_at timestamptz,
      check ((email is null) = (erased_at is not null))
    )`.execute(database)
  await sql`create unique index one_person_an_address on people.person (lower(email))`.execute(database)
}

async function roles(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.role (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      role text not null check (role in ('member', 'representative', 'officer', 'expert', 'administrator')),
      organisation uuid,
      body text,
      from_at timestamptz not null default clock_timestamp(),
      until_at timestamptz,
      -- A substitute stands in for the holder of this role, within these dates.
      instead_of uuid references people.role,
      check ((organisation is not null) = (role in ('member', 'representative'))),
      check ((body is not null) = (role = 'officer')),
      check (until_at is null or until_at >= from_at)
    )`.execute(database)
  await sql`create index roles_of_a_person on people.role (person)`.execute(database)
  // Given twice at once it is held once: otherwise ending one would leave the other.
  await sql`
    create unique index one_open_role_of_a_kind
      on people.role (person, role, coalesce(organisation::text, ''), coalesce(body, ''))
      where until_at is null and instead_of is null`.execute(database)
  await sql`create index roles_in_an_organisation on people.role (organisation) where organisation is not null`.execute(
    database
  )
  await sql`create index roles_in_a_body on people.role (body) where body is not null`.execute(database)
}

async function sessions(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.session (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      -- SHA-256 of the cookie's value, which only the browser has.
      secret_digest bytea not null unique,
      opened_at timestamptz not null default now(),
      -- At most five minutes behind.
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      -- When the person last proved who they are; a second factor counts for some hours only.
      proved_at timestamptz not null default now(),
      second_factor_at timestamptz,
      -- Set when it was opened by a mailed link: whoever has it reads the person's mail.
      mailbox_proved_at timestamptz,
      acting_role uuid references people.role,
      -- Such as “Firefox, Linux”: for the list of devices.
      device text not null default ''
    )`.execute(database)
  await sql`create index sessions_of_a_person on people.session (person)`.execute(database)
  await sql`create index sessions_by_end on people.session (expires_at)`.execute(database)
  await sql`
    create table people.known_device (
      -- SHA-256 of a cookie that stays in the browser after signing out.
      secret_digest bytea not null,
      person uuid not null references people.person,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      primary key (person, secret_digest)
    )`.execute(database)
}

async function proofs(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.password (
      person uuid primary key references people.person,
      -- Argon2id in its usual spelling, with parameters and salt.
      encoded text not null,
      set_at timestamptz not null default now()
    )`.execute(database)
  await sql`
    create table people.one_time_code (
      person uuid primary key references people.person,
      -- Sealed under a key outside the database.
      sealed_secret bytea not null,
      added_at timestamptz not null default now(),
      -- The last time step a code was used for: it and those before it are spent.
      last_step bigint not null
    )`.execute(database)
  await sql`
    create table people.recovery_code (
      person uuid not null references people.person,
      digest bytea not null,
      made_at timestamptz not null default now(),
      used_at timestamptz,
      primary key (person, digest)
    )`.execute(database)
  await sql`
    create table people.passkey (
      -- The authenticator's own id of the credential, base64url.
      id text primary key,
      person uuid not null references people.person,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null default '{}',
      -- What the person calls it.
      name text not null,
      added_at timestamptz not null default now(),
      last_used_at timestamptz
    )`.execute(database)
  await sql`create index passkeys_of_a_person on people.passkey (person)`.execute(database)
  await sql`
    create table people.outside_identity (
      -- By the name of oidc.yaml, and by what the provider calls the person.
      provider text not null,
      subject text not null,
      person uuid not null references people.person,
      -- The address the provider knew, so that the person recognises the account.
      label text not null,
      linked_at timestamptz not null default now(),
      last_used_at timestamptz,
      primary key (provider, subject)
    )`.execute(database)
  await sql`create index outside_identities_of_a_person on people.outside_identity (person)`.execute(database)
}

async function passing(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.link (
      id uuid primary key default gen_random_uuid(),
      -- SHA-256 of what stands in the address that was mailed.
      secret_digest bytea not null unique,
      opens text not null check (opens in ('sign-up', 'password', 'new-address', 'old-address')),
      person uuid references people.person,
      -- The address it was mailed to; with old-address the one to go back to.
      email text not null,
      language text not null,
      -- Where the person wanted to go.
      next text,
      made_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      used_at timestamptz,
      check ((person is null) = (opens = 'sign-up'))
    )`.execute(database)
  await sql`create index links_of_a_person on people.link (person)`.execute(database)
  await sql`create index links_by_end on people.link (expires_at)`.execute(database)
  await sql`
    create table people.ceremony (
      -- SHA-256 of a cookie of the browser that is in the middle of something.
      secret_digest bytea not null,
      kind text not null,
      person uuid references people.person,
      facts jsonb not null,
      expires_at timestamptz not null,
      primary key (secret_digest, kind)
    )`.execute(database)
  await sql`create index ceremonies_by_end on people.ceremony (expires_at)`.execute(database)
  // Lost in a crash, which forgives everybody some attempts; in exchange an attempt never waits for the disk.
  await sql`
    create unlogged table people.attempts (
      -- SHA-256 of what is counted: an address, a source, both.
      key bytea primary key,
      made integer not null,
      last_at timestamptz not null
    )`.execute(database)
  await sql`create index attempts_by_age on people.attempts (last_at)`.execute(database)
}

async function tokens(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.token (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      -- The role it acts in; null: as the person only.
      role uuid references people.role,
      -- What the person calls it.
      name text not null,
      -- SHA-256 of the token, which is shown once.
      secret_digest bytea not null unique,
      scopes text[] not null,
      made_at timestamptz not null default now(),
      -- Whether the session in which it was made had a second factor.
      second_factor_at timestamptz,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(database)
  await sql`create index tokens_of_a_person on people.token (person)`.execute(database)
}

async function consents(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table people.consent (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      -- What was agreed to, such as people.news; the version of its text, and the very sentence.
      consent text not null,
      version text not null,
      language text not null,
      said text not null,
      given_at timestamptz not null default clock_timestamp(),
      withdrawn_at timestamptz
    )`.execute(database)
  await sql`
    create unique index one_consent_in_force on people.consent (person, consent)
      where withdrawn_at is null`.execute(database)
}
