import { type Kysely, sql } from 'kysely'

/** The schema `audit`: entries, and the one way to write them. src/shared/audit/README.md explains. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema audit`.execute(database)
  await sql`
    create table audit.entry (
      id bigint generated always as identity primary key,
      act text not null check (act ~ '^[a-z0-9-]+[.][a-z0-9-]+$'),
      at timestamptz not null,
      -- Canonical JSON, kept letter by letter: the digest is of this text.
      actor json not null,
      subject_kind text not null check (subject_kind ~ '^[a-z0-9-]+$'),
      subject_id text not null check (subject_id ~ '^[A-Za-z0-9._:-]{1,100}$'),
      -- Which entry of its subject this is, counted from 1.
      number integer not null,
      -- The digest of the subject's entry before; null: it is the first.
      previous bytea,
      -- SHA-256 of salt and payload; stays when these are erased.
      payload_digest bytea not null,
      digest bytea not null,
      payload json,
      salt bytea,
      -- The persons whose data the payload holds; erased with it.
      about uuid[],
      -- No entry below the oldest running transaction can still appear, and none before one of its own subject.
      settled_by xid8 not null,
      -- Finds a subject's last entry; and no two entries can follow the same one.
      constraint entry_of_subject unique (subject_kind, subject_id, number)
    )`.execute(database)
  await sql`create index entry_settled_by on audit.entry (settled_by)`.execute(database)
  await sql`create index entry_about on audit.entry using gin (about) where about is not null`.execute(
    database
  )
  await makeRecord(database)
}

/** One statement for the application; it may call this, and write to the table in no other way. */
async function makeRecord(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.record(act text, actor text, kind text, subject text, payload text, salt bytea, about uuid[])
    returns table (id bigint, at text, number integer, previous bytea, payload_digest bytea, digest bytea)
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    #variable_conflict use_variable
    declare
      last record;
      moment timestamptz;
      mine constant xid8 := pg_current_xact_id();
      settled xid8;
    begin
      payload_digest := sha256(salt || convert_to(payload, 'UTF8'));
      loop
        select e.number, e.digest, e.settled_by into last from audit.entry e
          where e.subject_kind = kind and e.subject_id = subject order by e.number desc limit 1;
        number := coalesce(last.number, 0) + 1;
        previous := last.digest;
        -- After a transaction that began later but wrote to the subject first. A number from another cluster
        -- (a restored backup) says nothing here; it lies ahead of all that have ended.
        settled := case when last.settled_by > mine and last.settled_by < pg_snapshot_xmax(pg_current_snapshot())
          then last.settled_by else mine end;
        id := nextval('audit.entry_id_seq');
        moment := clock_timestamp();
        at := to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
        digest := audit.digest(id, act, at, actor, kind, subject, number, previous, payload_digest);
        insert into audit.entry overriding system value
          values (id, act, moment, actor::json, kind, subject, number, previous, payload_digest, digest,
            payload::json, salt, about, settled)
          on conflict on constraint entry_of_subject do nothing;
        -- Otherwise somebody recorded about the same subject at the same time: theirs is the one before.
        exit when found;
      end loop;
      return next;
    end $$`.execute(database)
  await sql`
    create function audit.digest(id bigint, act text, at text, actor text, kind text, subject text, number integer,
      previous bytea, payload_digest bytea) returns bytea
    language sql immutable
    return sha256(convert_to(concat(
      '{"act":"', act, '","at":"', at, '","by":', actor, ',"id":"', id, '","number":', number,
      ',"payload":"', encode(payload_digest, 'hex'), '","previous":', coalesce('"' || encode(previous, 'hex') || '"', 'null'),
      ',"subject":{"id":"', subject, '","kind":"', kind, '"}}'), 'UTF8'))`.execute(database)
}
