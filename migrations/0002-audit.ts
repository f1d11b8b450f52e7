import { type Kysely, sql } from 'kysely'

/** The schema `audit`: entries, and the one way to write them. src/shared/audit/README.md explains. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create schema audit`.execute(database)
  await entries(database)
  await recording(database)
  await tree(database)
  await sealing(database)
  await erasing(database)
  await keeping(database)
  await restoring(database)
}

async function entries(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit.entry (
      id bigint generated always as identity primary key,
      act text not null,
      at timestamptz not null,
      -- Canonical JSON, kept letter by letter: the digest is of this text.
      actor json not null,
      subject_kind text collate "C" not null,
      subject_id text collate "C" not null,
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
      -- The transaction after which this entry, and every one before it of its subject, is settled.
      settled_by xid8 not null,
      -- Finds a subject's last entry; and no two entries can follow the same one.
      constraint entry_of_subject unique (subject_kind, subject_id, number)
    )`.execute(database)
  await sql`create index entry_settled_by on audit.entry (settled_by)`.execute(database)
  await sql`create index entry_about on audit.entry using gin (about) where about is not null`.execute(
    database
  )
}

/**
 * The only way to write an entry. Who records about a subject at the same time as somebody else waits for that
 * transaction; nobody else does.
 */
async function recording(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.record(act text, actor text, kind text, subject text, payload text, salt bytea,
      payload_digest bytea, core bytea, about uuid[]) returns bytea
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    #variable_conflict use_variable
    declare
      written bytea;
    begin
      loop
        insert into audit.entry (act, at, actor, subject_kind, subject_id, number, previous, payload_digest, digest,
            payload, salt, about, settled_by)
          select act, now.at, actor::json, kind, subject, now.number, last.digest, payload_digest,
            sha256(core || int4send(now.number) || timestamptz_send(now.at) || coalesce(last.digest, '')),
            payload::json, salt, about,
            -- The entry before may be of a transaction that began after this one. A number that lies ahead of
            -- all transactions is another cluster's, from a backup, and says nothing here.
            case when last.settled_by > pg_current_xact_id()
                and last.settled_by < pg_snapshot_xmax(pg_current_snapshot())
              then last.settled_by else pg_current_xact_id() end
          from (select) as always
          left join (
            select e.number, e.digest, e.settled_by from audit.entry e
            where e.subject_kind = kind and e.subject_id = subject order by e.number desc limit 1
          ) as last on true
          -- The offset keeps it one moment, however often it is used.
          cross join lateral (select clock_timestamp() as at, coalesce(last.number, 0) + 1 as number offset 0) as now
          on conflict on constraint entry_of_subject do nothing
          returning int8send(entry.id) || int4send(entry.number) || timestamptz_send(entry.at)
            || coalesce(entry.previous, '') into written;
        -- Otherwise somebody recorded about the same subject at the same time: theirs is the one before.
        exit when found;
      end loop;
      return written;
    end $$`.execute(database)
}

/** What the sealer adds: a place in order for each entry, and heads that sign for all before them. */
async function tree(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit.leaf (
      -- Counted from 0, without a gap.
      position bigint primary key,
      entry bigint not null unique,
      digest bytea not null
    )`.execute(database)
  // Of each 256 leaves, and of each 256 of those, and so on: a proof reads some hundred hashes, not all.
  await sql`
    create table audit.node (
      level smallint not null check (level > 0 and level % 8 = 0),
      index bigint not null,
      root bytea not null,
      primary key (level, index)
    )`.execute(database)
  await sql`
    create table audit.head (
      -- How many leaves it signs for.
      size bigint primary key,
      root bytea not null,
      sealed_at timestamptz not null,
      -- Every entry settled by a transaction below is in the tree.
      horizon xid8 not null,
      public_key bytea not null,
      signature bytea not null
    )`.execute(database)
  await sql`
    create table audit.key (
      public_key bytea primary key,
      since timestamptz not null default clock_timestamp()
    )`.execute(database)
}

/**
 * The only way to add to the tree. Digests are those of the entries, and roots are computed here, so whoever calls it
 * with an untruth gains nothing; only the signature PostgreSQL cannot check, a verification does.
 */
async function sealing(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.root_of(hashes bytea[]) returns bytea
    language plpgsql immutable set search_path = pg_catalog, pg_temp
    as $$
    begin
      while cardinality(hashes) > 1 loop
        hashes := array(select sha256('\\x01'::bytea || hashes[2 * pair - 1] || hashes[2 * pair])
          from generate_series(1, cardinality(hashes) / 2) as pair order by pair);
      end loop;
      return hashes[1];
    end $$`.execute(database)
  await sql`
    create function audit.seal(place bigint, entries bigint[], root bytea, sealed_at timestamptz, horizon xid8,
      public_key bytea, signature bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    #variable_conflict use_variable
    declare
      size constant bigint := place + cardinality(entries);
      level integer := 8;
      width bigint := 256;
      placed bigint;
    begin
      if place <> (select coalesce(max(l.position) + 1, 0) from audit.leaf l) then
        raise exception 'The tree does not end at place %.', place using errcode = 'check_violation';
      end if;
      if sealed_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() then
        raise exception 'It is not % now.', sealed_at using errcode = 'check_violation';
      end if;
      insert into audit.leaf (position, entry, digest)
        select place + given.nth - 1, e.id, e.digest
        from unnest(entries) with ordinality as given (entry, nth) join audit.entry e on e.id = given.entry;
      get diagnostics placed = row_count;
      if placed <> cardinality(entries) then
        raise exception 'Some of what is to be sealed is not there.' using errcode = 'check_violation';
      end if;
      -- Whatever lies below it is looked at by no later round.
      if horizon > pg_snapshot_xmin(pg_current_snapshot()) or exists (
        select from audit.entry e
        where e.settled_by >= coalesce((select h.horizon from audit.head h order by h.size desc limit 1), '0')
          and e.settled_by < horizon and not exists (select from audit.leaf l where l.entry = e.id)
      ) then
        raise exception 'Not everything below transaction % is sealed.', horizon using errcode = 'check_violation';
      end if;
      insert into audit.node (level, index, root)
        select 8, nth, audit.root_of(array(
          select sha256('\\x00'::bytea || l.digest) from audit.leaf l
          where l.position >= nth * 256 and l.position < (nth + 1) * 256 order by l.position))
        from generate_series(place / 256, size / 256 - 1) as nth;
      while size / width > place / width loop
        width := width * 256;
        level := level + 8;
        insert into audit.node (level, index, root)
          select level, nth, audit.root_of(array(
            select n.root from audit.node n
            where n.level = level - 8 and n.index >= nth * 256 and n.index < (nth + 1) * 256 order by n.index))
          from generate_series(place / width, size / width - 1) as nth;
      end loop;
      insert into audit.head (size, root, sealed_at, horizon, public_key, signature)
        values (size, root, sealed_at, horizon, public_key, signature);
    end $$`.execute(database)
  await sql`
    create function audit.note_key(public_key bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ insert into audit.key (public_key) values (public_key) on conflict do nothing $$`.execute(database)
}

/**
 * The only way to take something away: payload and salt of entries, with an entry that says so. The digests stay, so
 * everything still proves what it proved; without its salt a digest tells nothing. For a person, and only of entries
 * that hold data of theirs.
 */
async function erasing(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.erase(person uuid, entries bigint[], actor text, salt bytea) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
      act constant text := 'audit.payloads-erased';
      erased bigint[];
      list text;
      payload text;
      payload_digest bytea;
      core bytea;
    begin
      if exists (
        select from audit.entry e where e.id = any(entries) and e.payload is not null
          and e.act <> 'audit.payloads-erased' and not coalesce(e.about @> array[person], false)
      ) then
        raise exception 'Not all of these entries are about this person.' using errcode = 'check_violation';
      end if;
      with gone as (
        update audit.entry e set payload = null, salt = null, about = null
          where e.id = any(entries) and e.payload is not null and e.act <> 'audit.payloads-erased'
          returning e.id
      ) select array_agg(id order by id), string_agg('"' || id || '"', ',' order by id) into erased, list from gone;
      if erased is null then
        return 0;
      end if;
      payload := '{"entries":[' || list || ']}';
      payload_digest := sha256(salt || convert_to(payload, 'UTF8'));
      core := sha256(convert_to(concat('{"act":"', act, '","by":', actor, ',"payload":"', encode(payload_digest, 'hex'),
        '","subject":{"id":"', person, '","kind":"person"}}'), 'UTF8'));
      perform audit.record(act, actor, 'person', person::text, payload, salt, payload_digest, core, null);
      return cardinality(erased);
    end $$`.execute(database)
}

/** Against mistakes of whoever may do everything: an entry is not changed, and nothing is deleted. */
async function keeping(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.refuse() returns trigger language plpgsql
    as $$ begin raise exception 'What the audit log holds is not changed.' using errcode = 'restrict_violation'; end $$
    `.execute(database)
  await sql`
    create trigger keep_entry before update on audit.entry for each row
      when (new.payload is not null or new.salt is not null or new.about is not null
        or (old.id, old.act, old.at, old.actor::text, old.subject_kind, old.subject_id, old.number, old.previous,
            old.payload_digest, old.digest, old.settled_by)
          is distinct from
            (new.id, new.act, new.at, new.actor::text, new.subject_kind, new.subject_id, new.number, new.previous,
             new.payload_digest, new.digest, new.settled_by))
      execute function audit.refuse()`.execute(database)
  await sql`create trigger keep_entries before delete or truncate on audit.entry
    for each statement execute function audit.refuse()`.execute(database)
  for (const table of ['leaf', 'node', 'head', 'key']) {
    await sql`create trigger ${sql.id(`keep_${table}`)} before update or delete or truncate on ${sql.id('audit', table)}
      for each statement execute function audit.refuse()`.execute(database)
  }
}

/**
 * Numbers of transactions are those of the server that the backup came from. What is not sealed yet is settled by the
 * restore, and nothing lies ahead of it: otherwise a round would pass over entries that are recorded until this server
 * has counted that far.
 */
async function restoring(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit.after_restore() returns void language plpgsql as $$
    begin
      alter table audit.entry disable trigger user;
      alter table audit.head disable trigger user;
      update audit.entry e set settled_by = pg_current_xact_id()
        where e.settled_by > pg_current_xact_id() or not exists (select from audit.leaf l where l.entry = e.id);
      update audit.head set horizon = pg_current_xact_id() where horizon > pg_current_xact_id();
      alter table audit.entry enable trigger user;
      alter table audit.head enable trigger user;
    end $$`.execute(database)
}
