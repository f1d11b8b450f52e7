import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { headNote, openAuditLog } from '#shared/audit/index.ts'
import { recorded, sealed, temporaryFolder } from '#shared/audit/audit.fixture.ts'
import { Sealer } from '#shared/audit/sealer.ts'
import { withDatabase } from '../../tests/database.ts'
import { root } from '../configuration.ts'

test('an operator restores a copy: published heads that it may contradict are put aside, so that sealing goes on', () =>
  withDatabase(async (database, address) => {
    await database.insertInto('kopa.installation').values({ version: '1', restore_id: null }).execute()
    const folder = temporaryFolder()
    const { KOPA_DATA: _, DATABASE_URL: _2, ...rest } = process.env
    const env = { ...rest, LANG: 'C', LC_ALL: '', KOPA_DATA: folder, DATABASE_URL: address }
    const kopa = (...args: string[]) =>
      execFileSync(
        '/bin/sh',
        ['-c', '"$@" 2>&1', 'sh', process.execPath, join(root, 'src/cli/main.ts'), ...args],
        {
          env,
          encoding: 'utf8'
        }
      )
    const copy = join(folder, 'copy.tar.gz')
    kopa('backup', copy)
    const heads = join(folder, 'audit/heads')
    const log = await openAuditLog(database, { auditKey: join(folder, 'audit/key.pem'), auditHeads: heads })
    await recorded(database)
    for (const head of await sealed(database, new Sealer(database, log))) {
      log.heads.add('2026-11', headNote(log.name, head))
    }
    const said = kopa('restore', copy, '--replace')
    const [aside, ...others] = readdirSync(heads)
    assert.deepEqual(others, [])
    assert.match(aside!, /^heads-2026-11-before-\d{4}-\d\d-\d\dT\d{6}\.txt$/)
    assert.ok(said.includes(join(heads, aside!)), said)
    assert.deepEqual(log.heads.all(), [])
    // They are no less of a witness.
    assert.throws(() => kopa('audit', 'verify', '--from-head', join(heads, aside!)), { status: 2 })
  }))
