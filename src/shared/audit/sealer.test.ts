import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type Database, connect } from '#shared/database/index.ts'
import { withDatabase } from '../../../tests/database.ts'
import { recorded, registered, sealed, someSigner, tampered, temporaryFolder } from './audit.fixture.ts'
import { hasSigned, openAuditKey } from './audit-key.ts'
import { headNote, readHead } from './head.ts'
import { append, emptyEdge, rootOf } from './merkle.ts'
import { notesIn, publishedHeads } from './published-heads.ts'
import { record } from './record.ts'
import { Sealer } from './sealer.ts'
import { readVerifierKey, verifierKey } from './signed-note.ts'
import { edgeAt } from './tree-store.ts'

const order = async (database: Database) =>
  (await database.selectFrom('audit.leaf').select(['position', 'entry']).orderBy('position').execute()).map(
    ({ entry }) => entry
  )

const elsewhere = (id: string) => ({ subject: { kind: 'organisation', id } })

test('committed entries get their places, and a head signs for all of them', () =>
  withDatabase(async (database) => {
    const signer = someSigner()
    const sealer = new Sealer(database, signer)
    assert.deepEqual(await Array.fromAsync(sealer.round()), [])
    const entries = [
      await recorded(database),
      await recorded(database),
      await recorded(database, elsewhere('b'))
    ]
    const head = (await sealed(database, sealer)).at(-1)
    assert.deepEqual(
      await order(database),
      entries.map(({ id }) => id)
    )
    const tree = entries.reduce((edge, { digest }) => append(edge, Buffer.from(digest, 'hex')), emptyEdge)
    assert.deepEqual(head!.root, rootOf(tree))
    const note = headNote(signer.name, head!)
    const read = readHead(note, signer.name, [signer.key.publicKey])
    assert.deepEqual(read, { size: 3, root: head!.root, sealedAt: head!.sealedAt })
    // Nobody else's, and nothing else.
    assert.equal(readHead(note, signer.name, [someSigner().key.publicKey]), undefined)
    assert.equal(readHead(note, 'kopa/another', [signer.key.publicKey]), undefined)
    assert.equal(readHead(note.replace('\n3\n', '\n4\n'), signer.name, [signer.key.publicKey]), undefined)
  }))

test('without anything new nothing is written', () =>
  withDatabase(async (database, address) => {
    const signer = someSigner()
    await recorded(database)
    await sealed(database, new Sealer(database, signer))
    const readOnly = `${address}${address.includes('?') ? '&' : '?'}options=-c%20default_transaction_read_only%3Don`
    const reading = connect({ connectionString: readOnly }, 'kopa-test')
    const sealer = new Sealer(reading, signer)
    for (let round = 0; round < 5; round++) assert.deepEqual(await Array.fromAsync(sealer.round()), [])
    // It would be heard of.
    await recorded(database)
    await assert.rejects(sealed(database, sealer), /read-only/)
    await reading.destroy()
  }))

test('an entry waits while an older transaction runs, and the sealer never passes it', () =>
  withDatabase(async (database, address) => {
    const signer = someSigner()
    const beside = connect({ connectionString: address }, 'kopa-test')
    const slow = await beside.startTransaction().execute()
    await sql`select pg_current_xact_id()`.execute(slow)
    await record(slow, { ...registered, ...elsewhere('slow') })
    const quick = await recorded(database)
    const sealer = new Sealer(database, signer)
    assert.deepEqual(await Array.fromAsync(sealer.round()), [], 'the slow one could still come before')
    await slow.commit().execute()
    await sealed(database, sealer)
    const sealedNow = await order(database)
    assert.equal(sealedNow.length, 2)
    assert.ok(sealedNow.includes(quick.id))
    await beside.destroy()
  }))

test('entries of one school keep their order, though the second was written by the older transaction', () =>
  withDatabase(async (database, address) => {
    const beside = connect({ connectionString: address }, 'kopa-test')
    // Takes its number first, and records last.
    const older = await beside.startTransaction().execute()
    await sql`select pg_current_xact_id()`.execute(older)
    const between = await beside.startTransaction().execute()
    await sql`select pg_current_xact_id()`.execute(between)
    const first = await recorded(database)
    const recording = await record(older, registered)
    await older.commit().execute()
    const second = recording.entry()
    assert.deepEqual([first.number, second.number], [1, 2])
    const sealer = new Sealer(database, someSigner())
    // By its own number the second would be settled now, the first is not: `between` is older than it.
    assert.deepEqual(await Array.fromAsync(sealer.round()), [])
    await between.commit().execute()
    await sealed(database, sealer)
    assert.deepEqual(await order(database), [first.id, second.id])
    await beside.destroy()
  }))

test('several servers seal side by side: every entry once, in an unbroken order', () =>
  withDatabase(async (database) => {
    const signer = someSigner()
    const sealers = Array.from({ length: 3 }, () => new Sealer(database, signer))
    const writing = Array.from({ length: 60 }, (_, at) => recorded(database, elsewhere(`s${at % 7}`)))
    for (let round = 0; round < 30; round++) {
      await Promise.all(sealers.map((sealer) => Array.fromAsync(sealer.round())))
    }
    await Promise.all(writing)
    await sealed(database, sealers[0]!)
    const entries = await order(database)
    assert.equal(new Set(entries).size, 60)
    const { rows } = await sql<{ most: string }>`select max(position) as most from audit.leaf`.execute(
      database
    )
    assert.equal(rows[0]!.most, '59')
    const heads = await database.selectFrom('audit.head').selectAll().orderBy('size').execute()
    for (const { size, root } of heads) assert.deepEqual(root, rootOf(await edgeAt(database, Number(size))))
  }))

test('a server that starts later goes on with the tree, and what a backup brought from another cluster is sealed', () =>
  withDatabase(async (database) => {
    const signer = someSigner()
    const first = await recorded(database)
    await sealed(database, new Sealer(database, signer))
    // As after a restore: written by a transaction whose number this cluster will reach in years.
    const second = await recorded(database)
    await tampered(database, sql`update audit.entry set settled_by = '99999999' where id = ${second.id}`)
    const third = await recorded(database)
    const heads = await sealed(database, new Sealer(database, signer))
    assert.deepEqual(await order(database), [first.id, second.id, third.id])
    assert.deepEqual(heads.at(-1)!.size, 3)
    const fourth = await recorded(database)
    await sealed(database, new Sealer(database, signer))
    assert.deepEqual(await order(database), [first.id, second.id, third.id, fourth.id])
  }))

test('a long backlog is sealed in parts, and its tree is that of all leaves', () =>
  withDatabase(async (database) => {
    await sql`
      select audit.record('a.b', '{}', 'organisation', 's' || n, '{}', '', sha256(''), sha256(''), null)
      from generate_series(1, 12000) as n`.execute(database)
    const heads = await sealed(database, new Sealer(database, someSigner()))
    assert.deepEqual(
      heads.map(({ size }) => size),
      [5000, 10000, 12000]
    )
    const { rows } = await sql<{ digest: Buffer }>`
      select digest from audit.leaf order by position`.execute(database)
    const edge = rows.reduce((edge, { digest }) => append(edge, digest), emptyEdge)
    assert.deepEqual(heads.at(-1)!.root, rootOf(edge))
    assert.deepEqual(rootOf(await edgeAt(database, 12000)), rootOf(edge))
    assert.deepEqual(
      await edgeAt(database, 11999),
      rows.slice(0, -1).reduce((edge, { digest }) => append(edge, digest), emptyEdge)
    )
  }))

test('a process that ends in the midst of a backlog leaves the rest to the next', () =>
  withDatabase(async (database) => {
    await sql`
      select audit.record('a.b', '{}', 'organisation', 's' || n, '{}', '', sha256(''), sha256(''), null)
      from generate_series(1, 6000) as n`.execute(database)
    const signer = someSigner()
    let size: number | undefined
    for (let tries = 0; size === undefined && tries < 200; tries++) {
      for await (const head of new Sealer(database, signer).round()) {
        ;({ size } = head)
        break
      }
    }
    assert.equal(size, 5000)
    assert.equal((await sealed(database, new Sealer(database, signer))).at(-1)?.size, 6000)
  }))

test('the key is made once, for this user alone, and another file is refused', () => {
  const file = join(temporaryFolder(), 'audit', 'key.pem')
  const key = openAuditKey(file)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(openAuditKey(file).publicKey, key.publicKey)
  assert.match(readFileSync(file, 'utf8'), /^-----BEGIN PRIVATE KEY-----/)
  assert.throws(() => openAuditKey(import.meta.filename), /audit/i)
  const text = verifierKey('kopa/1', key.publicKey)
  assert.deepEqual(readVerifierKey(text), { name: 'kopa/1', publicKey: key.publicKey })
  assert.equal(readVerifierKey(text.replace('kopa/1', 'kopa/2')), undefined)
})

test('the example of c2sp.org/signed-note has the signature that it should have', () => {
  const key = readVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  const said =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'
  const signed = Buffer.from(
    'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
    'base64'
  )
  assert.ok(hasSigned(key!.publicKey, said.replace('’', "'"), signed.subarray(4)))
  assert.ok(!hasSigned(key!.publicKey, said, signed.subarray(4)))
})

test('heads are published a file a month, one below the other', () => {
  const signer = someSigner()
  const heads = publishedHeads(temporaryFolder())
  const notes = [1, 2, 3].map((size) =>
    headNote(signer.name, {
      size,
      root: Buffer.alloc(32, size),
      sealedAt: '2026-11-22T02:33:26.000000Z',
      publicKey: signer.key.publicKey,
      signature: Buffer.alloc(64)
    })
  )
  heads.add('2026-10', notes[0]!)
  heads.add('2026-11', notes[1]!)
  heads.add('2026-11', notes[2]!)
  assert.deepEqual(heads.all(), notes)
  assert.deepEqual(notesIn(notes[0]!), [notes[0]])
})
