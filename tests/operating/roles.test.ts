import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { record, startAudit } from '#shared/audit/index.ts'
import { connect } from '#shared/database/index.ts'
import type { App } from '../../src/app.ts'
import { readConfiguration } from '../../src/configuration.ts'
import { createApp } from '../../src/create-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-roles-'))
let app: App

const open = () => {
  const read = readConfiguration({ KOPA_DATA: folder, LOG_LEVEL: 'silent' })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return createApp(read.configuration)
}

before(async () => {
  app = await open()
})
after(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const entry = {
  act: 'organisations.registered',
  by: { system: 'test' },
  subject: { kind: 'organisation', id: 'one' },
  payload: { name: 'Rīgas 1. skola' },
  about: ['6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0001']
}

test('the product writes entries, and can neither change, delete nor forge one', async () => {
  const recording = await app.database.transaction().execute((transaction) => record(transaction, entry))
  assert.equal(recording.entry().number, 1)
  for (const statement of [
    `update audit.entry set act = 'a.b'`,
    `update audit.entry set payload = null`,
    `delete from audit.entry`,
    `truncate audit.entry`,
    `alter table audit.entry disable trigger all`,
    `drop table audit.entry`,
    `drop schema audit cascade`,
    `insert into audit.entry (act, at, actor, subject_kind, subject_id, number, payload_digest, digest, settled_by)
       values ('a.b', now(), '{}', 'a', 'b', 1, '', '', '1')`,
    `insert into audit.leaf (position, entry, digest) values (99, 99, '')`,
    `insert into audit.node (level, index, root) values (8, 0, '')`,
    `insert into audit.head (size, root, sealed_at, horizon, public_key, signature)
       values (99, '', now(), '999999', '', '')`,
    `insert into audit.key (public_key) values ('')`,
    `select audit.after_restore()`,
    `update kopa.installation set id = gen_random_uuid()`,
    `update kopa.installation set restore_id = gen_random_uuid()`,
    `delete from kopa.installation`,
    `update audit.leaf set digest = ''`,
    `delete from audit.leaf`,
    `update audit.node set root = ''`,
    `delete from audit.head`,
    `update audit.head set root = ''`,
    `delete from audit.key`,
    `create or replace function audit.digest() returns int language sql as 'select 1'`,
    `create function audit.other() returns int language sql as 'select 1'`,
    `delete from kopa.migration`,
    `set role kopa`,
    `alter role kopa_application superuser`
  ]) {
    await assert.rejects(sql.raw(statement).execute(app.database), { code: /42501|42809/ }, statement)
  }
  const { rows } = await sql<{ act: string }>`
    select act from audit.entry where subject_id = 'one'`.execute(app.database)
  assert.deepEqual(rows, [{ act: 'organisations.registered' }])
})

test('the product cannot put untruths into the tree, nor empty what is not about the person asked for', async () => {
  const recording = await app.database.transaction().execute((transaction) => record(transaction, entry))
  const { id } = recording.entry()
  const next = sql<string>`(select coalesce(max(position) + 1, 0) from audit.leaf)`
  const seal = (place: unknown, entries: string, moment: string, horizon: string) => sql`
    select audit.seal(${place}, ${sql.raw(entries)}, ${''}, ${sql.raw(moment)}, ${sql.raw(horizon)}, ${''}, ${''})`
  const xmin = 'pg_snapshot_xmin(pg_current_snapshot())'
  for (const [statement, why] of [
    [seal(sql`${next} + 1`, `array[${id}]`, 'clock_timestamp()', xmin), /does not end at place/],
    [seal(next, `array[${id}]`, `'2025-01-01'`, xmin), /is not .* now/],
    [seal(next, `array[${id}, 999]`, 'clock_timestamp()', xmin), /is not there/],
    [seal(next, `array[${id}]`, 'clock_timestamp()', `'99999999'`), /Not everything below/],
    [seal(next, `'{}'`, 'clock_timestamp()', xmin), /Not everything below/],
    [
      sql`select audit.erase(gen_random_uuid(), array[${id}]::bigint[], ${'{}'}, ${''})`,
      /Not all of these entries are about this person/
    ]
  ] as const) {
    await assert.rejects(statement.execute(app.database), why)
  }
})

test('with these rights the product seals, and its head is published', async () => {
  const sealing = startAudit(app)
  for (let tries = 0; app.audit.heads.all().length === 0 && tries < 300; tries++) await setTimeout(100)
  await sealing.stop()
  assert.ok(app.audit.heads.all().length > 0)
})

test('the product works with every other table, and with jobs', async () => {
  const { rows } = await sql<{ table: string; may: boolean }>`
    select c.oid::regclass::text as table,
      has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
        and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete') as may
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'audit')
    order by 1`.execute(app.database)
  const closed = rows.filter(({ may }) => !may).map(({ table }) => table)
  assert.deepEqual(closed, ['kopa.installation', 'kopa.migration', 'kopa.migration_lock'])
  assert.ok(rows.length > 10)
})

test('a table of the next version is open to the product after its start; the password is this user’s alone', async () => {
  const owner = connect(app.embedded!.server, 'kopa-test')
  await sql`create table kopa.newcomer (id int)`.execute(owner)
  await owner.destroy()
  await assert.rejects(sql`select from kopa.newcomer`.execute(app.database))
  await app.close()
  // Whoever lost the password gets another.
  const password = join(folder, 'database/password-kopa_application')
  assert.equal(statSync(password).mode & 0o777, 0o600)
  rmSync(password)
  app = await open()
  await sql`insert into kopa.newcomer values (1)`.execute(app.database)
})
