import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { pino } from 'pino'
import { receiptFor } from '#shared/audit/index.ts'
import { openAuditLog, startAudit } from '#shared/audit/audit-log.ts'
import { recorded, tampered, temporaryFolder } from '#shared/audit/audit.fixture.ts'
import { readHead } from '#shared/audit/head.ts'
import { includes, isConsistent } from '#shared/audit/merkle.ts'
import type { Consistency, Proof } from '#shared/audit/proof.ts'
import type { Database } from '#shared/database/index.ts'
import { withDatabase } from '../../tests/database.ts'
import { auditApi } from './audit.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const subject = (id: string) => ({ subject: { kind: 'organisation', id } })

async function opened(database: Database) {
  await database.insertInto('kopa.installation').values({ version: '1', restore_id: null }).execute()
  const folder = temporaryFolder()
  const places = { auditKey: join(folder, 'key.pem'), auditHeads: join(folder, 'heads') }
  const app = { database, audit: await openAuditLog(database, places), log: pino({ level: 'silent' }) }
  return { app, places, api: auditApi(app) }
}

/** Asks until it is there: sealing takes a moment. */
async function proofOf(api: ReturnType<typeof auditApi>, entry: string): Promise<Proof> {
  for (const until = performance.now() + 30_000; performance.now() < until;) {
    const answer = await api.request(`/proofs/${entry}`)
    if (answer.status === 200) return (await answer.json()) as Proof
    assert.equal(answer.headers.get('retry-after'), '1')
  }
  throw new Error('The entry was not sealed.')
}

test('Maria keeps her receipt, and within a moment the log proves that her act is in it', () =>
  withDatabase(async (database) => {
    const { app, api, places } = await opened(database)
    assert.equal((await api.request('/checkpoint')).status, 404)
    const sealer = startAudit(app)
    try {
      for (let at = 0; at < 5; at++) await recorded(database, subject(`s${at}`))
      const receipt = receiptFor(app, await recorded(database))
      const { position, digest, path, head } = await proofOf(api, receipt.entry.id)
      assert.equal(digest, receipt.entry.digest)
      const read = readHead(head, app.audit.name, [app.audit.key.publicKey])
      assert.ok(read, 'the head is signed by the log')
      assert.ok(includes(hex(digest), position, read.size, path.map(hex), read.root))
      const moment = Temporal.Instant.from(read.sealedAt)
      assert.ok(Temporal.Instant.compare(moment, Temporal.Instant.from(receipt.entry.at)) > 0)
    } finally {
      await sealer.stop()
    }
    // The folder for others holds what the API shows, and a second start adds nothing.
    const shown = (await (await api.request('/heads')).json()) as { heads: { note: string }[] }
    const notes = shown.heads.map(({ note }) => note).toReversed()
    assert.deepEqual(app.audit.heads.all(), notes)
    await startAudit({ ...app, audit: await openAuditLog(database, places) }).stop()
    assert.deepEqual(app.audit.heads.all(), notes)
  }))

test('a log that was rewritten while nobody sealed is not sealed any further: the published head says otherwise', () =>
  withDatabase(async (database) => {
    const { app, api, places } = await opened(database)
    const first = startAudit(app)
    const { id } = await recorded(database, subject('one'))
    await proofOf(api, id)
    await first.stop()
    await tampered(
      database,
      sql`delete from audit.head`,
      sql`delete from audit.leaf`,
      sql`delete from audit.entry where id = ${id}`
    )
    const instead = await recorded(database, subject('another'))
    const said: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) })
    const again = startAudit({ ...app, audit: await openAuditLog(database, places), log })
    for (let tries = 0; said.length === 0 && tries < 600; tries++) await setTimeout(50)
    await again.stop()
    assert.equal((await api.request(`/proofs/${instead.id}`)).status, 404)
    assert.match(said[0]!, /not the one of the last published head, so nothing is sealed/)
    // A restore is such a case, and known to be one: it puts the heads aside.
    assert.equal(app.audit.heads.setAside('2026-11-25T12:00:00').length, 1)
    const after = startAudit(app)
    await proofOf(api, instead.id)
    await after.stop()
  }))

test('whoever kept a head can see that the log only grew', () =>
  withDatabase(async (database) => {
    const { app, api } = await opened(database)
    const sealer = startAudit(app)
    try {
      const first = await recorded(database, subject('first'))
      const kept = readHead((await proofOf(api, first.id)).head, app.audit.name, [app.audit.key.publicKey])!
      let last = first
      for (let at = 0; at < 20; at++) last = await recorded(database, subject(`s${at}`))
      const now = readHead((await proofOf(api, last.id)).head, app.audit.name, [app.audit.key.publicKey])!
      const answer = await api.request(`/consistency?from=${kept.size}&to=${now.size}`)
      const { path } = (await answer.json()) as Consistency
      assert.ok(isConsistent(kept, now, path.map(hex)))
    } finally {
      await sealer.stop()
    }
    for (const wrong of ['', '?from=1', '?from=1&to=999', '?from=x&to=2', '?from=-1&to=2']) {
      assert.equal((await api.request(`/consistency${wrong}`)).status, 404)
    }
  }))

test('the public key is there for everybody, and what is not asked for properly is not found', () =>
  withDatabase(async (database) => {
    const { app, api } = await opened(database)
    const sealer = startAudit(app)
    await recorded(database)
    try {
      await proofOf(api, '1')
    } finally {
      await sealer.stop()
    }
    const { log, keys } = (await (await api.request('/key')).json()) as {
      log: string
      keys: { pem: string; verifierKey: string }[]
    }
    assert.equal(log, app.audit.name)
    assert.match(keys[0]!.pem, /^-----BEGIN PUBLIC KEY-----/)
    assert.ok(keys[0]!.verifierKey.startsWith(`${log}+`))
    for (const path of [
      '/proofs/0',
      '/proofs/x',
      '/proofs/999',
      '/proofs/9999999999999999999',
      '/heads?before=x'
    ])
      assert.equal((await api.request(path)).status, 404, path)
  }))
