import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { withDatabase } from '../../../tests/database.ts'
import { maria, recorded, sealed, someSigner, tampered } from './audit.fixture.ts'
import { coreDigest, entryDigest } from './digests.ts'
import { erasePayloadsAbout } from './erase.ts'
import type { Finding } from './findings.ts'
import { headNote } from './head.ts'
import { Sealer } from './sealer.ts'
import type { Signer } from './signed-note.ts'
import { verifyLog } from './verify-log.ts'

type Log = {
  database: Database
  signer: Signer
  notes: string[]
  findings: (kept?: string[]) => Promise<Finding[]>
}

/** Twelve entries about four schools, sealed three at a time: numbers 1 to 12, positions 0 to 11. */
async function withLog(work: (log: Log) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    const signer = someSigner()
    const sealer = new Sealer(database, signer)
    await sql`insert into audit.key (public_key) values (${signer.key.publicKey})`.execute(database)
    const notes: string[] = []
    for (let at = 0; at < 12; at++) {
      await recorded(database, { subject: { kind: 'organisation', id: `school-${at % 4}` }, payload: { at } })
      if (at % 3 !== 2) continue
      for (const head of await sealed(database, sealer)) notes.push(headNote(signer.name, head))
    }
    const findings = async (kept: string[] = []) => {
      const keys = [signer.key.publicKey]
      return (await verifyLog(database, { log: signer.name, keys, kept })).findings
    }
    await work({ database, signer, notes, findings })
  })
}

/** What is said of which entry, without its particulars. */
const brief = (findings: Finding[]) =>
  findings.map((finding) => `${finding.found} ${'entry' in finding ? finding.entry : ''}`.trim())

test('a log that nobody touched verifies, with heads that were kept elsewhere', () =>
  withLog(async ({ database, signer, notes }) => {
    const options = { log: signer.name, keys: [signer.key.publicKey], kept: notes }
    const { findings, newest, heads, kept, ...rest } = await verifyLog(database, options)
    assert.deepEqual(findings, [])
    assert.equal(newest?.size, 12)
    // How many heads it takes depends on how long the acts take.
    assert.ok(heads > 0 && kept === heads, `${kept} of ${heads}`)
    assert.deepEqual(rest, {
      log: signer.name,
      entries: 12,
      unsealed: 0,
      erased: 0
    })
    await recorded(database)
    assert.equal((await verifyLog(database, options)).unsealed, 1)
    assert.deepEqual((await verifyLog(database, options)).findings, [])
  }))

test('erased payloads verify; one that merely vanished is named', () =>
  withLog(async ({ database, signer, findings }) => {
    await database.transaction().execute((transaction) =>
      erasePayloadsAbout(transaction, maria, {
        by: { system: 'test' },
        keeps: (act) => act !== 'organisations.registered'
      })
    )
    const { erased, findings: none } = await verifyLog(database, { log: signer.name, keys: [], kept: [] })
    assert.equal(erased, 12)
    assert.deepEqual(none, [])
    const { id } = await recorded(database)
    await tampered(database, sql`update audit.entry set payload = null, salt = null where id = ${id}`)
    assert.deepEqual(brief(await findings()), [`payload-missing ${id}`])
  }))

/** Each is done to a fresh log, by the owner of the database. */
const tamperings: [what: string, statements: RawBuilder<unknown>[], found: string[]][] = [
  ['another act', [sql`update audit.entry set act = 'calls.opened' where id = 5`], ['changed 5']],
  ['another actor', [sql`update audit.entry set actor = '{"system":"x"}' where id = 5`], ['changed 5']],
  [
    'another moment',
    [sql`update audit.entry set at = at - interval '1 microsecond' where id = 5`],
    ['changed 5']
  ],
  [
    'another school',
    [sql`update audit.entry set subject_id = 'school-9' where id = 12`],
    ['changed 12', 'chain-broken 12']
  ],
  ['another payload', [sql`update audit.entry set payload = '{"at":5}' where id = 5`], ['payload-changed 5']],
  [
    'the same payload, written otherwise',
    [sql`update audit.entry set payload = '{"at": 4}' where id = 5`],
    ['payload-changed 5']
  ],
  ['another salt', [sql`update audit.entry set salt = '\\x00' where id = 5`], ['payload-changed 5']],
  [
    'payload and its digest',
    [sql`update audit.entry set payload = '{}', payload_digest = sha256(salt || '{}') where id = 5`],
    ['changed 5']
  ],
  ['an entry deleted', [sql`delete from audit.entry where id = 5`], ['removed 5', 'chain-broken 9']],
  ['the last of its school deleted', [sql`delete from audit.entry where id = 12`], ['removed 12']],
  [
    'an entry and its place deleted',
    [sql`delete from audit.entry where id = 11`, sql`delete from audit.leaf where entry = 11`],
    ['place-missing', 'shorter-than-head']
  ],
  [
    'an entry deleted, and the gap closed',
    [
      sql`delete from audit.entry where id = 11`,
      sql`delete from audit.leaf where entry = 11`,
      sql`update audit.leaf set position = position - 1 where position > 10`
    ],
    ['shorter-than-head']
  ],
  [
    'an entry in the middle deleted, and the gap closed',
    [
      sql`delete from audit.entry where id = 8`,
      sql`delete from audit.leaf where entry = 8`,
      sql`update audit.leaf set position = position - 1 where position > 7`
    ],
    ['chain-broken 12', 'shorter-than-head', 'differs-from-head']
  ],
  [
    'an entry slipped in without a place',
    [
      sql`insert into audit.entry overriding system value select 99, act, at, actor, 'organisation', 'school-9', 1, null,
            payload_digest, digest, payload, salt, about, settled_by from audit.entry where id = 2`
    ],
    ['changed 99', 'inserted 99']
  ],
  [
    'two entries that changed places',
    [
      sql`update audit.leaf set position = -1 where entry = 8`,
      sql`update audit.leaf set position = 7 where entry = 9`,
      sql`update audit.leaf set position = 8 where entry = 8`
    ],
    ['out-of-order 8', 'differs-from-head']
  ],
  [
    'the digest of a place',
    [sql`update audit.leaf set digest = '\\x00' where entry = 8`],
    ['changed 8', 'differs-from-head']
  ],
  ['what a head says', [sql`update audit.head set root = '\\x00' where size = 6`], ['head-changed']],
  [
    'when a head was signed',
    [sql`update audit.head set sealed_at = sealed_at - interval '1 day' where size = 6`],
    ['head-changed']
  ],
  ['the last head deleted', [sql`delete from audit.head where size = 12`], ['not-signed']]
]

for (const [what, statements, found] of tamperings) {
  test(`the owner of the database tampers: ${what}`, () =>
    withLog(async ({ database, findings }) => {
      await tampered(database, ...statements)
      assert.deepEqual(brief(await findings()), found)
    }))
}

/** An entry changed with everything that follows from it, except signatures. */
async function forged(database: Database, entry: string, to: { act?: string; at?: string }): Promise<void> {
  await tampered(
    database,
    sql`update audit.entry set act = coalesce(${to.act ?? null}, act), at = coalesce(${to.at ?? null}, at)
      where id = ${entry}`
  )
  const row = await database
    .selectFrom('audit.entry')
    .selectAll()
    .select(sql<Buffer>`int4send(number) || timestamptz_send(at)`.as('place'))
    .select(sql<string>`actor::text`.as('actor_text'))
    .where('id', '=', entry)
    .executeTakeFirstOrThrow()
  const subject = { kind: row.subject_kind, id: row.subject_id }
  const core = coreDigest(row.act, row.actor_text, row.payload_digest.toString('hex'), subject)
  const digest = entryDigest(core, row.place, row.previous ?? Buffer.alloc(0))
  await tampered(
    database,
    sql`update audit.entry set digest = ${digest} where id = ${entry}`,
    sql`update audit.leaf set digest = ${digest} where entry = ${entry}`
  )
}

test('an entry forged with all its digests still differs from what was signed, and is among those named', () =>
  withLog(async ({ database, findings }) => {
    await forged(database, '11', { act: 'calls.opened' })
    const [finding, ...others] = await findings()
    assert.deepEqual(others, [])
    assert.ok(finding?.found === 'differs-from-head')
    // Between two heads: how many entries lie there depends on how they happened to be sealed.
    assert.ok(finding.from <= 10 && finding.size >= 11, `${finding.from} to ${finding.size}`)
    assert.ok(finding.entries.includes('11'))
    assert.equal(finding.entries.length, finding.size - finding.from)
  }))

test('an entry put into the middle of the log with a place of its own is named', () =>
  withLog(async ({ database, findings }) => {
    const { id, digest } = await recorded(database, { subject: { kind: 'organisation', id: 'new' } })
    await tampered(
      database,
      sql`update audit.leaf set position = position + 100 where position >= 7`,
      sql`update audit.leaf set position = position - 99 where position >= 100`,
      sql`insert into audit.leaf (position, entry, digest) values (7, ${id}, ${Buffer.from(digest, 'hex')})`
    )
    const found = await findings()
    assert.ok(
      found.some((one) => one.found === 'differs-from-head' && one.from === 6 && one.entries.includes(id))
    )
    // The next one has a smaller number than the one that was put before it.
    assert.ok(found.some((one) => one.found === 'out-of-order' && one.position === 8))
  }))

test('an end that was cut off with its heads is missed by whoever kept one', () =>
  withLog(async ({ database, findings, notes }) => {
    await tampered(
      database,
      sql`delete from audit.head where size > 9`,
      sql`delete from audit.leaf where position >= 9`,
      sql`delete from audit.entry where id >= 10`
    )
    assert.deepEqual(await findings(notes.slice(0, 3)), [], 'a head of before knows nothing of it')
    const [finding] = await findings([notes[3]!])
    assert.ok(finding?.found === 'shorter-than-head')
    assert.deepEqual([finding.size, finding.from, finding.entries], [12, 9, 9])
  }))

test('a log written anew, heads and all, under another key is not this log: whoever knows its key is told', () =>
  withLog(async ({ database, signer, notes }) => {
    const forger = { ...someSigner(), name: signer.name }
    await forged(database, '2', { act: 'calls.opened' })
    await tampered(
      database,
      sql`delete from audit.head`,
      sql`delete from audit.leaf`,
      sql`delete from audit.node`,
      sql`update audit.entry set settled_by = '3'`
    )
    await sealed(database, new Sealer(database, forger))
    const keys = [signer.key.publicKey]
    const { findings } = await verifyLog(database, { log: signer.name, keys, kept: [] })
    assert.deepEqual(brief(findings), ['signed-by-unknown-key', 'chain-broken 6'])
    assert.ok(findings[0]?.found === 'signed-by-unknown-key')
    assert.equal(findings[0].key, forger.key.publicKey.toString('hex'))
    const both = { log: signer.name, keys: [...keys, forger.key.publicKey], kept: [] }
    assert.deepEqual(brief((await verifyLog(database, both)).findings), ['chain-broken 6'])
    const kept = await verifyLog(database, { log: signer.name, keys, kept: [notes[1]!] })
    assert.ok(kept.findings.some(({ found }) => found === 'differs-from-head'))
  }))

test('a head of another log is no witness', () =>
  withLog(async ({ notes, findings }) => {
    const other = notes[0]!.replaceAll('kopa/', 'other/')
    assert.deepEqual(brief(await findings([other])), ['head-of-another-log'])
    assert.deepEqual(brief(await findings([notes[0]!.replace('\n3\n', '\n4\n')])), ['head-of-another-log'])
  }))

for (const [at, found] of [
  ['2025-01-01T09:00:00Z', 'back-dated'],
  ['2040-01-01T09:00:00Z', 'dated-ahead']
] as const) {
  test(`an entry that the owner of the database dates ${at}, and the sealer seals today, is named`, () =>
    withLog(async ({ database, signer, findings }) => {
      const { id } = await recorded(database, { subject: { kind: 'organisation', id: 'late' } })
      await forged(database, id, { at })
      if (found === 'back-dated') assert.deepEqual(brief(await findings()), [`back-dated ${id}`])
      await sealed(database, new Sealer(database, signer))
      const [finding, ...others] = await findings()
      assert.deepEqual(others, [])
      assert.ok(finding?.found === found && finding.entry === id)
      assert.equal(finding.at, at.replace('Z', '.000000Z'))
    }))
}

test('a backlog that is sealed late, in parts, is not taken for back-dated', () =>
  withLog(async ({ database, signer, findings }) => {
    await sql`
      select audit.record('a.b', '{}', 'organisation', 's' || n, '{}', '', digest,
        sha256(convert_to('{"act":"a.b","by":{},"payload":"' || encode(digest, 'hex')
          || '","subject":{"id":"s' || n || '","kind":"organisation"}}', 'UTF8')), null)
      from generate_series(1, 6000) as n, sha256('{}') as digest`.execute(database)
    const sealer = new Sealer(database, signer)
    await sealed(database, sealer)
    await recorded(database)
    await sealed(database, sealer)
    assert.deepEqual(await findings(), [])
  }))
