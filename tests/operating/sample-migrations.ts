import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { migrations } from '../../src/shared/database/migrate.ts'

/** The product's migrations and two more, which make tables with every kind of value that could get lost. */
export async function sampleMigrations(): Promise<Record<string, Migration>> {
  return { ...(await migrations()), '9001-samples': samples, '9002-later': later }
}

const samples: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`create table kopa.sample (
      id bigint generated always as identity primary key,
      letters text, short varchar(10), fixed char(5), flag boolean,
      exact numeric, money numeric(20, 2), large bigint, double double precision, single real,
      moment timestamptz, fine timestamptz(3), local timestamp, day date, clock time, span interval,
      bytes bytea, document jsonb, written json, list text[], grid integer[][], key uuid,
      many daterange, bits bit(4), address inet, words tsvector,
      doubled text generated always as (letters || letters) stored,
      favourite bigint)`.execute(database)
    await sql`create table kopa.note (
      id serial primary key, sample_id bigint not null references kopa.sample (id),
      text text not null, changes integer not null default 0)`.execute(database)
    // They refer to each other, so no order of tables satisfies both.
    await sql`alter table kopa.sample add constraint favourite_note
      foreign key (favourite) references kopa.note (id)`.execute(database)
    await sql`create function kopa.count_changes() returns trigger language plpgsql as
      $$ begin new.changes := old.changes + 1; return new; end $$`.execute(database)
    await sql`create trigger count_changes before update on kopa.note
      for each row execute function kopa.count_changes()`.execute(database)
    await sql`insert into kopa.sample (letters, short, fixed, flag, exact, money, large, double, single, moment, fine,
        local, day, clock, span, bytes, document, written, list, grid, key, many, bits, address, words) values
      ('Šķērsoļņš ģīmeņu, “quotes”, \\ ' || chr(10) || chr(9) || ' 😀 {"a":1} \\N', 'ē', 'ab', true,
        123456789012345678901234567890.000000000100, -0.10, 9223372036854775807, 0.1::float8 + 0.2, 3.4028235e38,
        '2026-03-29 02:59:59.999999+02', '1900-01-01 00:00:00.123+00', '0044-03-15 12:00:00 BC', 'infinity',
        '23:59:59.999999', '1 year -2 mons +3 days -04:05:06.789', '\\x00ff5c27', '{"b": [1, 1.10, null], "a": "\\u0101"}',
        '{"b":1,  "b":2}', '{NULL,"","a,b","{}","NULL","\\"quoted\\""}', '{{1,2},{3,4}}',
        '00000000-0000-4000-8000-000000000001', '[2026-01-01,2026-12-31)', '1010', '2001:db8::1/64', 'a:1A fat:2'),
      (null, null, null, null, 'NaN', null, -9223372036854775808, 'NaN', '-Infinity', '-infinity', null, null, null,
        null, null, '', 'null', '"x"', '{}', '{}', null, 'empty', null, null, '')`.execute(database)
    await sql`insert into kopa.note (sample_id, text) values (1, 'first'), (2, '')`.execute(database)
    await sql`update kopa.sample set favourite = 1 where id = 1`.execute(database)
  }
}

const later: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`alter table kopa.note add column later text not null default 'made by 9002'`.execute(database)
  }
}
