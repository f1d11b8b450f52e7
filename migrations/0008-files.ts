import { type Kysely, sql } from 'kysely'

/** What people gave us as files. Their contents lie outside of the database, under the name of their SHA-256. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema files`.execute(database)
  await sql`
    create table files.file (
      id uuid primary key default gen_random_uuid(),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null check (size > 0),
      -- What it is by its content (src/shared/files/kinds.ts), never by its name.
      kind text not null,
      -- As it is shown and downloaded; the path of the content knows nothing of it.
      name text not null check (length(name) between 1 and 200),
      -- What it was given for, such as organisations.evidence.
      purpose text not null,
      -- people.person; null: nobody, or somebody who was erased.
      uploaded_by uuid,
      received_at timestamptz not null default clock_timestamp(),
      state text not null check (state in ('not-scanned', 'waiting-for-scan', 'clean', 'refused')),
      scanned_at timestamptz,
      -- What the scanner found.
      finding text,
      -- Since when nothing refers to it; the time it is kept then is that of removeUnusedFiles.
      unused_since timestamptz default clock_timestamp(),
      check ((state in ('clean', 'refused')) = (scanned_at is not null)),
      check ((state = 'refused') = (finding is not null))
    )`.execute(database)
  await sql`create index file_content on files.file (sha256)`.execute(database)
  await sql`create index file_to_scan on files.file (received_at) where state in ('not-scanned', 'waiting-for-scan')`.execute(
    database
  )
  await sql`create index file_unused on files.file (unused_since) where unused_since is not null`.execute(
    database
  )
  await sql`create index file_of_a_person on files.file (uploaded_by) where uploaded_by is not null`.execute(
    database
  )
  await sql`
    create table files.use (
      file uuid not null references files.file,
      -- What refers to it, such as organisations.organisation:018f….
      used_by text not null,
      since timestamptz not null default clock_timestamp(),
      primary key (file, used_by)
    )`.execute(database)
}
