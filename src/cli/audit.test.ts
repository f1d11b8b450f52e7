import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { headNote } from '#shared/audit/head.ts'
import { openAuditLog } from '#shared/audit/index.ts'
import { recorded, sealed, someSigner, tampered, temporaryFolder } from '#shared/audit/audit.fixture.ts'
import { Sealer } from '#shared/audit/sealer.ts'
import { verifierKey } from '#shared/audit/signed-note.ts'
import { withDatabase } from '../../tests/database.ts'
import { root } from '../configuration.ts'

/** Runs ./kopa audit … as an operator does. */
function audit(environment: Record<string, string>, ...args: string[]) {
  return new Promise<{ status: number; said: string }>((resolve) => {
    const { KOPA_DATA: _, DATABASE_URL: _2, ...rest } = process.env
    execFile(
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'audit', ...args],
      { env: { ...rest, LANG: 'C', LC_ALL: '', ...environment } },
      (error, out, err) => resolve({ status: error ? Number(error.code) : 0, said: out + err })
    )
  })
}

test('an operator verifies the log, finds out what was done to it, and is asked for a key that is not there', () =>
  withDatabase(async (database, address) => {
    await database.insertInto('kopa.installation').values({ version: '1', restore_id: null }).execute()
    const folder = temporaryFolder()
    const environment = { KOPA_DATA: folder, DATABASE_URL: address }
    const places = { auditKey: join(folder, 'audit/key.pem'), auditHeads: join(folder, 'audit/heads') }
    assert.match((await audit(environment, 'verify')).said, /^The log is empty\./)

    const log = await openAuditLog(database, places)
    for (let at = 0; at < 3; at++) await recorded(database)
    const [head] = await sealed(database, new Sealer(database, log))
    const whole = await audit(environment, 'verify')
    assert.equal(whole.status, 0)
    assert.match(whole.said, /No head that was kept outside of the database was compared/)
    assert.match(whole.said, /^3 entries read: all are as they were written and signed\./)
    const latvian = await audit({ ...environment, LANG: 'lv_LV.UTF-8' }, 'verify')
    assert.match(latvian.said, /^Izlasīti 3 ieraksti: visi ir tādi/)

    const receipt = JSON.parse((await audit(environment, 'receipt', '2')).said) as { entry: { id: string } }
    assert.equal(receipt.entry.id, '2')
    assert.match((await audit(environment, 'receipt', '9')).said, /no entry 9/)

    // A head that somebody kept, and the key that they wrote down.
    const kept = join(folder, 'kept.txt')
    writeFileSync(kept, headNote(log.name, head!))
    const key = join(folder, 'key.txt')
    writeFileSync(key, verifierKey(log.name, log.key.publicKey))
    assert.doesNotMatch(
      (await audit(environment, 'verify', '--from-head', kept)).said,
      /No head that was kept/
    )
    const another = join(folder, 'another.txt')
    writeFileSync(another, verifierKey(log.name, someSigner().key.publicKey))
    const foreign = await audit({ ...environment, KOPA_DATA: temporaryFolder() }, 'verify', '--key', another)
    assert.equal(foreign.status, 2)
    assert.ok(foreign.said.includes(verifierKey(log.name, log.key.publicKey)), foreign.said)
    await tampered(database, sql`delete from audit.entry where id = 2`)
    const broken = await audit(environment, 'verify', '--from-head', kept)
    assert.equal(broken.status, 2)
    assert.match(broken.said, /Entry 2, in place 1, was removed\./)
    assert.match(broken.said, /Entry 3 \(organisation [\w-]+, number 3\) does not follow/)
    assert.match(broken.said, /and 1 kept outside of it/)
    const machine = JSON.parse((await audit(environment, 'verify', '--json')).said) as { findings: object[] }
    assert.deepEqual(machine.findings[0], { found: 'removed', entry: '2', position: 1 })

    const elsewhere = { ...environment, KOPA_DATA: temporaryFolder() }
    assert.match((await audit(elsewhere, 'verify')).said, /There is no key of the log on this machine/)
    assert.doesNotMatch((await audit(elsewhere, 'verify', '--key', key)).said, /no key|not known/)
  }))

test('what the operator got wrong is said', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'empty'))
  const wrong = await audit({ KOPA_DATA: folder }, 'burn')
  assert.deepEqual(
    [wrong.status, wrong.said.trim()],
    [64, 'There is no ./kopa audit burn. There are: ./kopa audit verify, ./kopa audit receipt ENTRY']
  )
  const missing = await audit({ KOPA_DATA: folder }, 'verify', '--from-head', join(folder, 'none'))
  assert.equal(missing.status, 1)
  assert.match(missing.said, /none cannot be read/)
  assert.match(
    (await audit({ KOPA_DATA: folder }, 'verify', '--key', import.meta.filename)).said,
    /no public key/
  )
})
