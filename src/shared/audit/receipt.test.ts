import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Database } from '#shared/database/index.ts'
import { withDatabase } from '../../../tests/database.ts'
import { maria, recorded, sealed, someSigner, temporaryFolder } from './audit.fixture.ts'
import { erasePayloads } from './erase.ts'
import { headNote } from './head.ts'
import { consistencyOf, proofFor } from './proof.ts'
import { newestHead } from './reads.ts'
import { receiptFor, receiptOfEntry } from './receipt.ts'
import { Sealer } from './sealer.ts'
import { type Signer, signNote, verifierKey } from './signed-note.ts'

/** A stranger: a folder with the verifier and what they were given, nothing else. */
function stranger(given: Record<string, unknown>) {
  const folder = temporaryFolder()
  copyFileSync(join(import.meta.dirname, '../../../tools/verify-receipt.mjs'), join(folder, 'verify.mjs'))
  for (const [name, content] of Object.entries(given)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return (...args: string[]): { status: number; said: string } => {
    try {
      const run = [join(folder, 'verify.mjs'), ...args]
      return {
        status: 0,
        said: execFileSync(process.execPath, run, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
      }
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string }
      return { status, said: stderr }
    }
  }
}

/** Seven entries, a head that somebody kept after three of them, and a receipt for the fifth. */
async function evidence(database: Database, signer: Signer) {
  const app = { database, audit: signer }
  const sealer = new Sealer(database, signer)
  for (let at = 0; at < 3; at++) await recorded(database)
  await sealed(database, sealer)
  const head = (await newestHead(database))!
  await recorded(database)
  const receipt = receiptFor(app, await recorded(database))
  await recorded(database)
  await recorded(database)
  await sealed(database, sealer)
  return {
    'receipt.json': receipt,
    'key.txt': verifierKey(signer.name, signer.key.publicKey),
    'proof.json': (await proofFor(app, receipt.entry.id))!,
    'head.txt': headNote(signer.name, head),
    'consistency.json': (await consistencyOf(app, 3, 7))!
  }
}

const everything = [
  'receipt.json',
  '--key',
  'key.txt',
  '--proof',
  'proof.json',
  '--head',
  'head.txt',
  '--consistency',
  'consistency.json'
]

test('a stranger checks Maria’s receipt offline: signature, content, place in the log, and the head they kept', () =>
  withDatabase(async (database) => {
    const signer = someSigner()
    const given = await evidence(database, signer)
    const check = stranger(given)
    const { status, said } = check(...everything)
    assert.equal(status, 0, said)
    assert.match(said, /Signed by kopa\/[\w-]+: organisations\.registered/)
    assert.match(said, /Not signed: that the database calls it entry "5"/)
    assert.match(said, /What was recorded: \{"contact":"maria@example\.eu"|\{"name":"Rīgas 1\. skola/)
    assert.match(said, /In the log: place 4 of 7/)
    assert.match(said, /The same log as that of the head you kept \(3 entries/)
    // The receipt alone, at once, and without its payload; the key as it is.
    assert.equal(check('receipt.json', '--key', given['key.txt']).status, 0)
    // As /api/v1/audit/key gives them, when the log has had two.
    const another = verifierKey(signer.name, someSigner().key.publicKey)
    const keys = { keys: [{ verifierKey: another }, { verifierKey: given['key.txt'] }] }
    assert.equal(stranger({ ...given, 'key.txt': keys })(...everything).status, 0)
    const { payload: _, salt: _2, ...bare } = given['receipt.json']
    assert.equal(stranger({ ...given, 'receipt.json': bare })(...everything).status, 0)
    assert.equal(check('receipt.json').status, 64)
    // The same receipt later, and what is left of it when the payload was erased.
    const app = { database, audit: signer }
    assert.deepEqual(await receiptOfEntry(app, '5'), given['receipt.json'])
    assert.equal(await receiptOfEntry(app, '99'), undefined)
    const erasure = { person: maria, entries: ['5'], by: { system: 'test' } }
    await database.transaction().execute((transaction) => erasePayloads(transaction, erasure))
    assert.deepEqual(await receiptOfEntry(app, '5'), bare)
  }))

test('whatever was changed in a receipt, a proof or a head is noticed', () =>
  withDatabase(async (database) => {
    const signer = someSigner()
    const given = await evidence(database, signer)
    const { 'receipt.json': receipt, 'proof.json': proof, 'consistency.json': consistency } = given
    const other = someSigner()
    const changed: [string, Record<string, unknown>, RegExp][] = [
      ['payload', { 'receipt.json': { ...receipt, payload: { name: 'Other' } } }, /payload/],
      ['salt', { 'receipt.json': { ...receipt, salt: '00' } }, /payload/],
      ['act', { 'receipt.json': { ...receipt, entry: { ...receipt.entry, act: 'a.b' } } }, /digest/],
      [
        'moment',
        { 'receipt.json': { ...receipt, entry: { ...receipt.entry, at: '2026-11-22T02:33:26.123456Z' } } },
        /digest/
      ],
      ['number', { 'receipt.json': { ...receipt, entry: { ...receipt.entry, number: 6 } } }, /digest/],
      [
        'note of another entry',
        { 'receipt.json': { ...receipt, note: signNote(signer, ['receipt', 'AAAA']) } },
        /another entry/
      ],
      [
        'signature of another key',
        {
          'receipt.json': {
            ...receipt,
            note: signNote({ ...other, name: signer.name }, receipt.note.split('\n').slice(1, 3))
          }
        },
        /not by this key/
      ],
      ['head as a receipt', { 'receipt.json': { ...receipt, note: proof.head } }, /another entry/],
      ['key of another log', { 'key.txt': verifierKey(other.name, other.key.publicKey) }, /the key of/],
      [
        'misspelt key',
        { 'key.txt': given['key.txt'].replace(/\+[0-9a-f]{8}\+/, '+00000000+') },
        /copied wrongly/
      ],
      ['place', { 'proof.json': { ...proof, position: 5 } }, /does not lead/],
      ['path', { 'proof.json': { ...proof, path: proof.path.toReversed() } }, /does not lead/],
      ['size', { 'proof.json': { ...proof, head: proof.head.replace('\n7\n', '\n8\n') } }, /not by this key/],
      [
        'consistency',
        { 'consistency.json': { ...consistency, path: consistency.path.slice(1) } },
        /not the one of the head/
      ],
      ['no JSON', { 'proof.json': 'no' }, /cannot be read/],
      ['nothing', { 'receipt.json': 'null' }, /NOT VALID/]
    ]
    for (const [what, files, why] of changed) {
      const { status, said } = stranger({ ...given, ...files })(...everything)
      assert.deepEqual([status, why.test(said)], [1, true], `${what}: ${said}`)
    }
  }))
