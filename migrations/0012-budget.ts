import { type Kysely, sql } from 'kysely'

/** The budget of an application: its lines, and every change of them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table applications.budget_line (
      application uuid not null references applications.application on delete cascade,
      id text not null check (id ~ '^[a-z0-9]{8}$'),
      -- In which order people see them.
      place bigint generated always as identity,
      participant uuid not null references applications.participant,
      -- What is planned: PlannedCost of src/modules/applications/budget/budget-line.ts without its participant.
      content jsonb not null,
      version integer not null,
      -- SHA-256 of the canonical JSON of the line.
      digest bytea not null,
      changed_by uuid not null,
      changed_at timestamptz not null default clock_timestamp(),
      -- The id of a line that was removed is not used again.
      removed_at timestamptz,
      primary key (application, id)
    )`.execute(database)
  await sql`
    create table applications.budget_change (
      application uuid not null,
      line text not null,
      version integer not null,
      participant uuid not null,
      -- Null: the line was removed.
      content jsonb,
      how text not null check (how in ('typed', 'imported')),
      saved_by uuid not null,
      saved_at timestamptz not null default clock_timestamp(),
      primary key (application, line, version),
      foreign key (application, line) references applications.budget_line on delete cascade
    )`.execute(database)
}
