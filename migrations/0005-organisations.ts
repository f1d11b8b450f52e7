import { type Kysely, sql } from 'kysely'

/** The schema `organisations`: who takes part. src/modules/organisations/README.md explains. */
export async function up(database: Kysely<unknown>): Promise<void> {
  // In a schema that every role looks into: an owner named like one of our schemas would put it there.
  await sql`create extension if not exists pg_trgm schema public`.execute(database)
  await sql`create schema organisations`.execute(database)
  await records(database)
  await contacts(database)
  await names(database)
  await charterLists(database)
  await members(database)
  await duplicates(database)
  await domainProofs(database)
  await earlierGrants(database)
}

async function records(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.organisation (
      id uuid primary key default gen_random_uuid(),
      code text not null unique check (code ~ '^KP-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$'),
      -- Counts the changes of the record; who saves says which one they saw.
      revision integer not null default 1,
      registered_at timestamptz not null default clock_timestamp(),
      changed_at timestamptz not null default clock_timestamp(),
      -- It turned out to be the same as another one; its code leads there.
      merged_into uuid references organisations.organisation,
      -- The groups of facts that it shows to everybody, beside name, place and type.
      shown text[] not null default '{}',
      -- What the facts in force come to (record/entry.ts), written with each change of them: for lists and search.
      name text not null,
      latin_name text,
      country text not null check (country ~ '^[A-Z]{2}$'),
      city text,
      region text,
      type text,
      fields text[] not null default '{}',
      topics text[] not null default '{}',
      languages text[] not null default '{}',
      level text not null check (level in ('self-declared', 'domain-proved', 'document-seen', 'official-list')),
      charter_until date,
      check (merged_into <> id)
    )`.execute(database)
  await sql`create index organisation_merged on organisations.organisation (merged_into) where merged_into is not null`.execute(
    database
  )
  await sql`create index organisation_in_order on organisations.organisation (name collate "C", id) where merged_into is null`.execute(
    database
  )
  await sql`
    create table organisations.fact (
      id bigint generated always as identity primary key,
      organisation uuid not null references organisations.organisation,
      kind text not null,
      -- What tells facts of one kind apart: the language of a name, the register of a number.
      detail text not null default '',
      value text not null check (value <> ''),
      -- The days on which it holds, where the fact itself says so (a charter).
      valid_from date,
      valid_until date,
      source text not null check (source in ('organisation', 'officer', 'list')),
      level text not null check (level in ('self-declared', 'domain-proved', 'document-seen', 'official-list')),
      -- What was seen: the document, the edition of the list, the domain's proof.
      evidence text,
      stated_at timestamptz not null default clock_timestamp(),
      -- people.person; null: nobody single, or somebody who was erased.
      stated_by uuid,
      -- The revision of the record with which it came, and that with which it ended.
      since_revision integer not null,
      ended_revision integer,
      ended_at timestamptz,
      check ((ended_at is null) = (ended_revision is null)),
      check (valid_until is null or valid_from is null or valid_until >= valid_from)
    )`.execute(database)
  await sql`create index fact_in_force on organisations.fact (organisation) where ended_at is null`.execute(
    database
  )
  await sql`create index fact_of_organisation on organisations.fact (organisation, id)`.execute(database)
  // Who else says this: identifiers and domains are looked up by what they say.
  await sql`
    create index fact_identifying on organisations.fact (kind, value)
    where ended_at is null and kind in ('oid', 'pic', 'erasmus-code', 'register-number', 'schac', 'domain', 'charter')
  `.execute(database)
  await sql`create index fact_stated_by on organisations.fact (stated_by) where stated_by is not null`.execute(
    database
  )
  await sql`
    create table organisations.change (
      organisation uuid not null references organisations.organisation,
      revision integer not null,
      at timestamptz not null default clock_timestamp(),
      by_person uuid,
      source text not null check (source in ('organisation', 'officer', 'list', 'product')),
      act text not null,
      primary key (organisation, revision)
    )`.execute(database)
}

/** Whom to ask at an organisation: people's data, so kept as it is now and without history. */
async function contacts(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.contact (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null references organisations.organisation,
      purpose text not null check (purpose in ('general', 'projects', 'mobility', 'legal', 'accounts')),
      name text,
      email text,
      phone text,
      -- Whether everybody may see it.
      shown boolean not null,
      position integer not null,
      check (name is not null or email is not null or phone is not null)
    )`.execute(database)
  await sql`create index contact_of_organisation on organisations.contact (organisation)`.execute(database)
  await sql`create index contact_by_email on organisations.contact (lower(email)) where email is not null`.execute(
    database
  )
}

/** By which a record is found: every name it has, folded, and every word there is, for typing errors. */
async function names(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.name (
      organisation uuid not null references organisations.organisation,
      name text not null,
      folded text not null,
      -- Its words, what kind of word they are in any language (=university), and its first letters (@rtu).
      words tsvector not null,
      primary key (organisation, name)
    )`.execute(database)
  await sql`create index name_beginning on organisations.name (folded text_pattern_ops)`.execute(database)
  await sql`create index name_words on organisations.name using gin (words)`.execute(database)
  await sql`create table organisations.word (word text primary key)`.execute(database)
  await sql`create index word_like on organisations.word using gin (word gin_trgm_ops)`.execute(database)
  await sql`create index word_beginning on organisations.word (word text_pattern_ops)`.execute(database)
}

/** Which editions of the list of charter holders were read in, and what the list says today. */
async function charterLists(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.charter_edition (
      -- The day of the list.
      edition date primary key,
      file text not null,
      sha256 bytea not null,
      applied_at timestamptz not null default clock_timestamp(),
      rows integer not null,
      added integer not null,
      changed integer not null,
      unchanged integer not null,
      ended integer not null,
      doubtful integer not null,
      broken integer not null,
      -- Row by row what was changed, ended, doubtful and broken; of those added only how many.
      report jsonb not null
    )`.execute(database)
  await sql`
    create table organisations.charter_holder (
      erasmus_code text primary key,
      organisation uuid not null references organisations.organisation,
      -- As the list has it (import/charter-holder.ts).
      holder jsonb not null,
      edition date not null references organisations.charter_edition,
      -- The edition in which it was no longer listed.
      ended_with date references organisations.charter_edition
    )`.execute(database)
  await sql`create index charter_holder_organisation on organisations.charter_holder (organisation)`.execute(
    database
  )
}

/** How people come to work for an organisation; that they do is a role (people.role). */
async function members(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.invitation (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null references organisations.organisation,
      -- Erased with what came of the invitation.
      email text,
      role text not null check (role in ('member', 'representative')),
      -- Of the role that is offered.
      role_from timestamptz,
      role_until timestamptz,
      -- SHA-256 of the link, which only the mail has.
      secret_digest bytea not null unique,
      invited_by uuid not null,
      invited_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      accepted_by uuid,
      withdrawn_at timestamptz,
      check ((accepted_at is null) or (withdrawn_at is null))
    )`.execute(database)
  await sql`create index invitation_of_organisation on organisations.invitation (organisation, invited_at)`.execute(
    database
  )
  await sql`create index invitation_by_email on organisations.invitation (lower(email)) where email is not null`.execute(
    database
  )
  await sql`
    create table organisations.join_request (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null references organisations.organisation,
      person uuid not null,
      role text not null check (role in ('member', 'representative')),
      -- Why they may; erased with the person.
      reason text,
      asked_at timestamptz not null default clock_timestamp(),
      decision text check (decision in ('accepted', 'declined', 'withdrawn')),
      decided_at timestamptz,
      decided_by uuid,
      answer text,
      check ((decision is null) = (decided_at is null))
    )`.execute(database)
  await sql`create unique index one_open_request on organisations.join_request (organisation, person) where decision is null`.execute(
    database
  )
  await sql`create index request_of_person on organisations.join_request (person)`.execute(database)
}

/** Records that turned out to be one organisation, and those that turned out not to be. */
async function duplicates(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.merge (
      id uuid primary key default gen_random_uuid(),
      kept uuid not null references organisations.organisation,
      merged uuid not null references organisations.organisation,
      merged_at timestamptz not null default clock_timestamp(),
      merged_by uuid not null,
      reason text not null,
      -- What was moved, so that it can be moved back: ids of facts, roles, contacts, requests and so on.
      moved jsonb not null,
      undone_at timestamptz,
      undone_by uuid,
      check (kept <> merged)
    )`.execute(database)
  await sql`create index merge_of_kept on organisations.merge (kept)`.execute(database)
  await sql`create unique index one_merge_at_a_time on organisations.merge (merged) where undone_at is null`.execute(
    database
  )
  await sql`
    create table organisations.told_apart (
      one uuid not null references organisations.organisation,
      other uuid not null references organisations.organisation,
      at timestamptz not null default clock_timestamp(),
      by_person uuid not null,
      reason text not null,
      primary key (one, other),
      check (one < other)
    )`.execute(database)
}

/** That an organisation runs a web domain: what it was asked to show, and whether it still does. */
async function domainProofs(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.domain_proof (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null references organisations.organisation,
      domain text not null,
      method text not null check (method in ('dns', 'file', 'mail')),
      -- What has to stand in the record or the file. Of a link in a mail only its SHA-256 is kept.
      token text,
      secret_digest bytea,
      mailed_to text,
      asked_by uuid,
      asked_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      proved_at timestamptz,
      checked_at timestamptz,
      -- Since when it is not found any more; after some weeks the proof is lost.
      missing_since timestamptz,
      lost_at timestamptz,
      check ((method = 'mail') = (secret_digest is not null)),
      check ((method = 'mail') = (token is null)),
      check (lost_at is null or proved_at is not null)
    )`.execute(database)
  await sql`create index proof_of_organisation on organisations.domain_proof (organisation, domain)`.execute(
    database
  )
  await sql`create unique index proof_by_link on organisations.domain_proof (secret_digest) where secret_digest is not null`.execute(
    database
  )
  await sql`create index proof_to_check on organisations.domain_proof (checked_at) where proved_at is not null and lost_at is null`.execute(
    database
  )
}

/** What is known of grants that an organisation had: by it one sees who is new to an action. */
async function earlierGrants(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations.earlier_grant (
      id uuid primary key default gen_random_uuid(),
      organisation uuid not null references organisations.organisation,
      programme text not null,
      -- The kind of action: an action of the programme, or what its predecessor called it.
      action text not null,
      call_year integer not null check (call_year between 1987 and 2100),
      role text not null check (role in ('coordinator', 'partner')),
      project text,
      -- Who says so: a list, a document, the organisation.
      source text not null,
      noted_at timestamptz not null default clock_timestamp(),
      noted_by uuid,
      -- Taken back, since it was wrong.
      withdrawn_at timestamptz
    )`.execute(database)
  await sql`create index grant_of_organisation on organisations.earlier_grant (organisation)`.execute(
    database
  )
}
