import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { withDatabase } from '../../../tests/database.ts'
import { type AuditEntry, type RecordedEntry, canonicalJson, record } from './index.ts'

const maria = '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0001'
const school = { kind: 'organisation', id: '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f1001' }
const registered: AuditEntry = {
  act: 'organisations.registered',
  by: { person: maria, role: 'representative' },
  subject: school,
  payload: { name: 'Rīgas 1. skola “Āža kalns”\n', contact: 'maria@example.eu' },
  about: [maria]
}

/** The digest, computed by somebody who has only the description of it. */
function digestOf(entry: RecordedEntry): string {
  const { act, at, by, id, number, payloadDigest, previous, subject } = entry
  const text = canonicalJson({ act, at, by, id, number, payload: payloadDigest, previous, subject })
  return createHash('sha256').update(text).digest('hex')
}

test('Maria registers her school, and changes it: the second entry holds the digest of the first', () =>
  withDatabase(async (database) => {
    const first = await database.transaction().execute((transaction) => record(transaction, registered))
    const second = await database
      .transaction()
      .execute((transaction) => record(transaction, { ...registered, act: 'organisations.changed' }))
    assert.deepEqual([first.number, first.previous], [1, null])
    assert.deepEqual([second.number, second.previous], [2, first.digest])
    for (const entry of [first, second]) assert.equal(entry.digest, digestOf(entry))
    const salted = createHash('sha256')
      .update(Buffer.from(first.salt, 'hex'))
      .update(canonicalJson(first.payload))
    assert.equal(first.payloadDigest, salted.digest('hex'))
    assert.notEqual(first.payloadDigest, second.payloadDigest, 'the same payload, another salt')
  }))

test('an act that fails leaves no entry', () =>
  withDatabase(async (database) => {
    const failing = database.transaction().execute(async (transaction) => {
      await record(transaction, registered)
      throw new Error('changed her mind')
    })
    await assert.rejects(failing, /changed her mind/)
    assert.deepEqual(await database.selectFrom('audit.entry').selectAll().execute(), [])
  }))

test('forty who write about the same school at once follow each other in one chain', () =>
  withDatabase(async (database) => {
    const written = await Promise.all(
      Array.from({ length: 40 }, () =>
        database.transaction().execute((transaction) => record(transaction, registered))
      )
    )
    const chain = written.toSorted((a, b) => a.number - b.number)
    assert.deepEqual(
      chain.map(({ previous }) => previous),
      [null, ...chain.slice(0, -1).map(({ digest }) => digest)]
    )
  }))

test('who writes about another school does not wait', () =>
  withDatabase(async (database) => {
    await database.transaction().execute(async (slow) => {
      await record(slow, registered)
      const other = { ...registered, subject: { kind: 'organisation', id: 'another' } }
      const beside = await database.transaction().execute((quick) => record(quick, other))
      assert.equal(beside.number, 1)
    })
  }))
