import { type Kysely, sql } from 'kysely'

/** People, the roles they hold, and the sessions they opened. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema people`.execute(database)
  await sql`
    create table people.person (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      -- As the person writes it; compared in lower case.
      email text not null,
      email_confirmed_at timestamptz,
      language text not null default 'lv',
      created_at timestamptz not null default now(),
      -- Set when somebody was erased: what stays then is a row without a name.
      erased_at timestamptz
    )`.execute(database)
  await sql`create unique index one_person_an_address on people.person (lower(email))`.execute(database)
  await sql`
    create table people.role (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      role text not null check (role in ('member', 'representative', 'officer', 'expert', 'administrator')),
      organisation uuid,
      body text,
      from_at timestamptz not null default now(),
      until_at timestamptz,
      -- A substitute stands in for the holder of this role, within these dates.
      instead_of uuid references people.role,
      check ((organisation is not null) = (role in ('member', 'representative'))),
      check ((body is not null) = (role = 'officer')),
      check (until_at is null or until_at >= from_at)
    )`.execute(database)
  await sql`create index roles_of_a_person on people.role (person)`.execute(database)
  await sql`create index roles_in_an_organisation on people.role (organisation) where organisation is not null`.execute(
    database
  )
  await sql`create index roles_in_a_body on people.role (body) where body is not null`.execute(database)
  await sql`
    create table people.session (
      id uuid primary key default gen_random_uuid(),
      person uuid not null references people.person,
      -- SHA-256 of the cookie's value, which only the browser has.
      secret_digest bytea not null unique,
      opened_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      second_factor_at timestamptz,
      acting_role uuid references people.role,
      -- Such as “Firefox, Linux”: for the list of devices.
      device text not null default ''
    )`.execute(database)
  await sql`create index sessions_of_a_person on people.session (person)`.execute(database)
}
