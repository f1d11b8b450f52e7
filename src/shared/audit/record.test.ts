import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { withDatabase } from '../../../tests/database.ts'
import { type AuditEntry, type Recording, canonicalJson, record } from './index.ts'

const maria = '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0001'
const registered: AuditEntry = {
  act: 'organisations.registered',
  by: { person: maria, role: 'representative' },
  subject: { kind: 'organisation', id: '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f1001' },
  payload: { name: 'Rīgas 1. skola “Āža kalns”\n', contact: 'maria@example.eu' },
  about: [maria]
}

/** One act of its own. */
async function recorded(database: Database, entry: AuditEntry) {
  const recording = await database.transaction().execute((transaction) => record(transaction, entry))
  return recording.entry()
}

test('Maria registers her school, and changes it: the second entry holds the digest of the first', () =>
  withDatabase(async (database) => {
    const first = await recorded(database, registered)
    const second = await recorded(database, { ...registered, act: 'organisations.changed' })
    assert.deepEqual([first.number, first.previous], [1, null])
    assert.deepEqual([second.number, second.previous], [2, first.digest])
    const salted = createHash('sha256').update(Buffer.from(first.salt, 'hex'))
    assert.equal(first.payloadDigest, salted.update(canonicalJson(first.payload)).digest('hex'))
    assert.notEqual(first.payloadDigest, second.payloadDigest, 'the same payload, another salt')

    const rows = await database.selectFrom('audit.entry').selectAll().orderBy('id').execute()
    for (const [at, entry] of [first, second].entries()) {
      const row = rows[at]!
      assert.equal(row.digest.toString('hex'), entry.digest)
      assert.equal(row.at.toString({ smallestUnit: 'microsecond' }), entry.at)
      assert.equal(row.id, entry.id)
      assert.deepEqual([row.actor, row.payload, row.about], [registered.by, registered.payload, [maria]])
    }
  }))

test('an act that fails leaves no entry, and shows none', () =>
  withDatabase(async (database) => {
    let recording: Recording | undefined
    const failing = database.transaction().execute(async (transaction) => {
      recording = await record(transaction, registered)
      throw new Error('changed her mind')
    })
    await assert.rejects(failing, /changed her mind/)
    assert.throws(() => recording!.entry(), /not committed/)
    await recorded(database, { ...registered, subject: { kind: 'organisation', id: 'another' } })
    assert.equal((await database.selectFrom('audit.entry').selectAll().execute()).length, 1)
  }))

test('an act whose entry cannot be written is undone', () =>
  withDatabase(async (database) => {
    await sql`alter table audit.entry add check (act <> 'organisations.closed')`.execute(database)
    const failing = database.transaction().execute(async (transaction) => {
      await transaction.insertInto('kopa.installation').values({ version: '1', restore_id: null }).execute()
      await record(transaction, { ...registered, act: 'organisations.closed' })
    })
    await assert.rejects(failing, /check constraint/)
    assert.deepEqual(await database.selectFrom('kopa.installation').selectAll().execute(), [])
    assert.equal((await recorded(database, registered)).number, 1, 'the connection is as good as before')
  }))

test('what was done after a savepoint goes with it', () =>
  withDatabase(async (database) => {
    const transaction = await database.startTransaction().execute()
    await record(transaction, registered)
    const marked = await transaction.savepoint('before').execute()
    await record(marked, { ...registered, act: 'organisations.changed' })
    const back = await marked.rollbackToSavepoint('before').execute()
    await record(back, { ...registered, act: 'organisations.closed' })
    await back.commit().execute()
    const rows = await database.selectFrom('audit.entry').select('act').orderBy('number').execute()
    assert.deepEqual(
      rows.map(({ act }) => act),
      ['organisations.registered', 'organisations.closed']
    )
  }))

test('forty who write about the same school at once follow each other in one chain', () =>
  withDatabase(async (database) => {
    const written = await Promise.all(Array.from({ length: 40 }, () => recorded(database, registered)))
    const chain = written.toSorted((a, b) => a.number - b.number)
    assert.deepEqual(
      chain.map(({ previous }) => previous),
      [null, ...chain.slice(0, -1).map(({ digest }) => digest)]
    )
  }))

test('who writes about another school does not wait', () =>
  withDatabase(async (database) => {
    await recorded(database, registered)
    await database.transaction().execute(async (slow) => {
      await sql`select audit.record('a.b', '{}', 'organisation', 'slow', '{}', '', '', '', null)`.execute(
        slow
      )
      assert.equal((await recorded(database, registered)).number, 2)
    })
  }))

test('an import makes thousands of entries in one act', () =>
  withDatabase(async (database) => {
    const schools = Array.from({ length: 2500 }, (_, at) => ({ kind: 'organisation', id: `E10${at}` }))
    const recordings = await database.transaction().execute(async (transaction) => {
      const all: Recording[] = []
      for (const subject of schools) all.push(await record(transaction, { ...registered, subject }))
      // The same school twice.
      all.push(await record(transaction, { ...registered, subject: schools[7]!, payload: { again: true } }))
      return all
    })
    const entries = recordings.map((recording) => recording.entry())
    assert.deepEqual([entries.at(-1)!.number, entries.at(-1)!.previous], [2, entries[7]!.digest])
    const rows = await database.selectFrom('audit.entry').select(['id', 'digest']).execute()
    const written = new Map(rows.map(({ id, digest }) => [id, digest.toString('hex')]))
    assert.equal(written.size, 2501)
    for (const { id, digest } of entries) assert.equal(written.get(id), digest)
  }))

test('two who write about the same schools in another order do not block each other', () =>
  withDatabase(async (database) => {
    const schools = Array.from({ length: 30 }, (_, at) => ({ kind: 'organisation', id: `E10${at}` }))
    const about = (subjects: typeof schools) =>
      database.transaction().execute(async (transaction) => {
        for (const subject of subjects) await record(transaction, { ...registered, subject })
      })
    await Promise.all(Array.from({ length: 12 }, (_, at) => about(at % 2 ? schools : schools.toReversed())))
    const { rows } = await sql<{ most: number }>`select max(number) as most from audit.entry`.execute(
      database
    )
    assert.equal(rows[0]!.most, 12)
  }))

test('an entry outside of a transaction, and a misshapen one, are accidents', () =>
  withDatabase(async (database) => {
    await assert.rejects(record(database, registered), /belongs into a transaction/)
    for (const wrong of [
      { act: 'Registered' },
      { act: 'organisations.registered\n' },
      { subject: { kind: 'organisation', id: '“”' } },
      { about: ['maria'] },
      { payload: { at: 1n as unknown as number } }
    ]) {
      await assert.rejects(
        database.transaction().execute((transaction) => record(transaction, { ...registered, ...wrong })),
        TypeError
      )
    }
  }))
