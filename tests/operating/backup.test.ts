import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { connect, migrate, restoreBackup, verifyBackup, writeBackup } from '#shared/database/index.ts'
import { recorded, sealed, someSigner, tampered } from '#shared/audit/audit.fixture.ts'
import { verifyLog } from '#shared/audit/index.ts'
import { Sealer } from '#shared/audit/sealer.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import { emptyDatabase } from '../database.ts'
import { olderPostgresql } from './older-postgresql.ts'
import { sampleMigrations } from './sample-migrations.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-backup-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const fresh = (name: string) => join(folder, `${++count}-${name}`)
const about = { product: '0.1.0', now: '2026-11-22T02:33:00Z' }

/** An installation with one of everything in it. */
async function furnished(address: string): Promise<{ server: { connectionString: string }; files: string }> {
  const server = { connectionString: address }
  const database = connect(server, 'kopa-test')
  const known = await sampleMigrations()
  await migrate(database, { upTo: '9001-samples', known })
  await database.destroy()
  const files = fresh('files')
  mkdirSync(join(files, 'ab', 'with a space'), { recursive: true })
  writeFileSync(join(files, 'ab', 'ķēde.txt'), 'Kopā\n')
  writeFileSync(join(files, 'ab', 'with a space', 'empty'), '')
  writeFileSync(join(files, 'ab', `${'x'.repeat(150)}.bin`), Buffer.alloc(100_000, 7))
  return { server, files }
}

/** All rows of the sample tables, as PostgreSQL writes them. */
async function contents(address: string): Promise<string> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(`set timezone = 'UTC'`)
    const samples = await client.query('select s::text from (select * from kopa.sample order by id) s')
    const notes = await client.query(
      'select n::text from (select id, sample_id, text from kopa.note order by id) n'
    )
    const next = await client.query(`select nextval('kopa.sample_id_seq')`)
    return JSON.stringify([samples.rows, notes.rows, next.rows])
  } finally {
    await client.end()
  }
}

const listing = (files: string) =>
  readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(files.length), readFileSync(path).toString('base64')])
    .sort()

test('Petra restores a backup: every value, counter and document is as it was, and newer changes are made', async () => {
  const [one, two] = [await emptyDatabase(), await emptyDatabase()]
  try {
    const { server, files } = await furnished(one.address)
    const to = fresh('backup.tar.gz')
    await writeBackup({ server, files, to, ...about })
    const restored = { server: { connectionString: two.address }, files: fresh('restored') }
    await restoreBackup({ ...restored, from: to, existing: 'keep', migrations: await sampleMigrations() })

    assert.equal(await contents(two.address), await contents(one.address))
    assert.deepEqual(listing(restored.files), listing(files))
    const client = new pg.Client({ connectionString: two.address })
    await client.connect()
    const { rows } = await client.query('select distinct later from kopa.note')
    assert.deepEqual(rows, [{ later: 'made by 9002' }])
    // The keys are there again.
    await assert.rejects(
      client.query(`insert into kopa.note (sample_id, text) values (-1, 'x')`),
      /foreign key/
    )
    // The triggers, too: this one counts.
    await client.query(`update kopa.note set text = 'changed' where id = 1`)
    assert.equal((await client.query('select changes from kopa.note where id = 1')).rows[0].changes, 1)
    await client.end()
  } finally {
    await one.drop()
    await two.drop()
  }
})

test('tar itself can open a backup', async () => {
  const { address, drop } = await emptyDatabase()
  try {
    const { server, files } = await furnished(address)
    const to = fresh('backup.tar.gz')
    await writeBackup({ server, files, to, ...about })
    const out = fresh('opened')
    mkdirSync(out)
    execFileSync('tar', ['xzf', to, '-C', out])
    assert.deepEqual(listing(join(out, 'files')), listing(files))
    assert.equal(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).product, '0.1.0')
  } finally {
    await drop()
  }
})

test('a backup made while others write is one moment: both halves of every pair, and nothing half', async () => {
  const [one, two] = [await emptyDatabase(), await emptyDatabase()]
  const clients: pg.Client[] = []
  try {
    const { server, files } = await furnished(one.address)
    let writing = true
    // Each transaction writes into both tables; the first table is copied long before the second.
    const writers = [1, 2, 3].map(async () => {
      const client = new pg.Client({ connectionString: one.address })
      clients.push(client)
      await client.connect()
      let written = 0
      while (writing) {
        await client.query('begin')
        const { rows } = await client.query(`insert into kopa.sample (letters) values ('pair') returning id`)
        await client.query(`insert into kopa.note (sample_id, text) values ($1, 'pair')`, [rows[0].id])
        await client.query('commit')
        written++
      }
      return written
    })
    const bulk = new pg.Client({ connectionString: one.address })
    clients.push(bulk)
    await bulk.connect()
    await bulk.query(
      `insert into kopa.note (sample_id, text) select 1, repeat('x', 200) from generate_series(1, 20000)`
    )
    const to = fresh('backup.tar.gz')
    await writeBackup({ server, files, to, ...about })
    const between = await bulk.query(`select count(*)::int as pairs from kopa.sample where letters = 'pair'`)
    writing = false
    const written = (await Promise.all(writers)).reduce((sum, one) => sum + one, 0)
    assert.ok(written > 10, `others wrote ${written} pairs meanwhile`)

    const restored = { server: { connectionString: two.address }, files: fresh('restored') }
    await restoreBackup({ ...restored, from: to, existing: 'keep', migrations: await sampleMigrations() })
    const check = new pg.Client({ connectionString: two.address })
    clients.push(check)
    await check.connect()
    const { rows } = await check.query(`select
      (select count(*)::int from kopa.sample where letters = 'pair') as samples,
      (select count(*)::int from kopa.note where text = 'pair') as notes`)
    assert.equal(rows[0].samples, rows[0].notes)
    assert.ok(rows[0].samples <= between.rows[0].pairs)
    // And the counter is ahead of every row.
    await check.query(`insert into kopa.sample (letters) values ('next')`)
  } finally {
    await Promise.all(clients.map((client) => client.end()))
    await one.drop()
    await two.drop()
  }
})

test('a damaged, a cut-off and a wrong file are refused, and nothing is changed', async () => {
  const [one, two] = [await emptyDatabase(), await emptyDatabase()]
  try {
    const { server, files } = await furnished(one.address)
    const whole = fresh('backup.tar.gz')
    await writeBackup({ server, files, to: whole, ...about })
    const target = await furnished(two.address)
    const before = [await contents(two.address), listing(target.files)]
    const bytes = readFileSync(whole)
    const bent = Buffer.from(bytes)
    bent[Math.floor(bytes.length / 2)]! ^= 0x40
    for (const broken of [
      bytes.subarray(0, -9),
      bytes.subarray(0, 1000),
      bent,
      Buffer.from('no backup'),
      Buffer.alloc(0)
    ]) {
      const from = fresh('broken')
      writeFileSync(from, broken)
      await assert.rejects(
        restoreBackup({ ...target, from, existing: 'replace', migrations: await sampleMigrations() }),
        Refusal
      )
    }
    // The counter was asked once before and once now.
    const unchanged = before[0] as string
    assert.equal(
      (await contents(two.address)).replace(/"nextval":"\d+"/, ''),
      unchanged.replace(/"nextval":"\d+"/, '')
    )
    assert.deepEqual(listing(target.files), before[1])
  } finally {
    await one.drop()
    await two.drop()
  }
})

test('a restore that fails half way leaves the installation as it was', async () => {
  const [one, two] = [await emptyDatabase(), await emptyDatabase()]
  try {
    const { server, files } = await furnished(one.address)
    const from = fresh('backup.tar.gz')
    await writeBackup({ server, files, to: from, ...about })
    const target = await furnished(two.address)
    const before = listing(target.files)
    const failing = {
      ...(await sampleMigrations()),
      '9003-fails': { up: () => Promise.reject(new Error('no')) }
    }
    await assert.rejects(restoreBackup({ ...target, from, existing: 'replace', migrations: failing }), /no/)
    assert.match(await contents(two.address), /Šķērsoļņš/)
    assert.deepEqual(listing(target.files), before)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.restore-')),
      []
    )
  } finally {
    await one.drop()
    await two.drop()
  }
})

test('data is not replaced unless that is asked for, and a file not overwritten', async () => {
  const { address, drop } = await emptyDatabase()
  try {
    const { server, files } = await furnished(address)
    const to = fresh('backup.tar.gz')
    await writeBackup({ server, files, to, ...about })
    await assert.rejects(writeBackup({ server, files, to, ...about }), /exists already/)
    const migrations = await sampleMigrations()
    await assert.rejects(
      restoreBackup({ server, files, from: to, existing: 'keep', migrations }),
      /holds data/
    )
    await restoreBackup({ server, files, from: to, existing: 'replace', migrations })
    assert.equal((await verifyBackup(to)).product, '0.1.0')
  } finally {
    await drop()
  }
})

test('a backup of a newer version is refused', async () => {
  const { address, drop } = await emptyDatabase()
  try {
    const { server, files } = await furnished(address)
    const from = fresh('backup.tar.gz')
    await writeBackup({ server, files, to: from, ...about })
    // This version's own migrations do not have the samples.
    await assert.rejects(restoreBackup({ server, files, from, existing: 'replace' }), /newer Kopā/)
  } finally {
    await drop()
  }
})

test('nothing is restored under a server that runs', async () => {
  const { address, drop } = await emptyDatabase()
  try {
    const { server, files } = await furnished(address)
    const from = fresh('backup.tar.gz')
    await writeBackup({ server, files, to: from, ...about })
    const running = connect(server, 'kopa-server')
    await running.selectFrom('kopa.installation').selectAll().execute()
    await assert.rejects(
      restoreBackup({ server, files, from, existing: 'replace', migrations: await sampleMigrations() }),
      /Kopā is running/
    )
    await running.destroy()
  } finally {
    await drop()
  }
})

test('a backup goes from one major version of PostgreSQL to another, and back', async (t) => {
  const older = await olderPostgresql()
  if (!older) return t.skip('no other PostgreSQL is installed on this machine (/usr/lib/postgresql)')
  const [newer, back] = [await emptyDatabase(), await emptyDatabase()]
  try {
    const { server, files } = await furnished(newer.address)
    const migrations = await sampleMigrations()
    const [there, again] = [fresh('there.tar.gz'), fresh('again.tar.gz')]
    await writeBackup({ server, files, to: there, ...about })
    const old = { server: { connectionString: older.address }, files: fresh('old') }
    await restoreBackup({ ...old, from: there, existing: 'keep', migrations })
    const manifest = await writeBackup({ ...old, to: again, ...about })
    assert.ok(parseInt(manifest.postgresql) < 18, `PostgreSQL ${manifest.postgresql} has it now`)
    const home = { server: { connectionString: back.address }, files: fresh('home') }
    await restoreBackup({ ...home, from: again, existing: 'keep', migrations })
    assert.equal(await contents(back.address), await contents(newer.address))
    assert.deepEqual(listing(home.files), listing(files))
  } finally {
    await newer.drop()
    await back.drop()
    await older.stop()
  }
})

test('the audit log goes on after a restore into a server that has counted fewer transactions', async () => {
  const [one, two] = [await emptyDatabase(), await emptyDatabase()]
  const from = connect({ connectionString: one.address }, 'kopa-test')
  const to = connect({ connectionString: two.address }, 'kopa-test')
  try {
    await migrate(from)
    const signer = someSigner()
    const about = (id: string) => ({ subject: { kind: 'organisation', id } })
    await recorded(from, about('a'))
    await sealed(from, new Sealer(from, signer))
    await recorded(from, about('b'))
    // As if the server that the backup comes from were a little ahead.
    const ahead = sql`(pg_current_xact_id()::text::bigint + 100)::text::xid8`
    await tampered(
      from,
      sql`update audit.entry set settled_by = ${ahead}`,
      sql`update audit.head set horizon = ${ahead}`
    )
    const file = fresh('backup.tar.gz')
    const files = fresh('files')
    mkdirSync(files)
    const now = '2026-11-22T02:33:00Z'
    await writeBackup({ server: { connectionString: one.address }, files, to: file, product: '0.1.0', now })
    const server = { connectionString: two.address }
    await restoreBackup({ server, files: fresh('restored'), from: file, existing: 'keep' })
    // Recorded by a command, while nobody seals; and the server counts on.
    await recorded(to, about('c'))
    for (let count = 0; count < 150; count++) await sql`select pg_current_xact_id()`.execute(to)
    const { findings } = await verifyLog(to, { log: signer.name, keys: [], kept: [] })
    assert.deepEqual(findings, [])
    assert.equal((await sealed(to, new Sealer(to, signer))).at(-1)?.size, 3)
    const again = await verifyLog(to, { log: signer.name, keys: [], kept: [] })
    assert.deepEqual([again.findings, again.unsealed], [[], 0])
  } finally {
    await from.destroy()
    await to.destroy()
    await one.drop()
    await two.drop()
  }
})
