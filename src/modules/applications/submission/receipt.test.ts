import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { sealed, temporaryFolder } from '../../../shared/audit/audit.fixture.ts'
import { Sealer } from '../../../shared/audit/sealer.ts'
import { verifierKey } from '../../../shared/audit/signed-note.ts'
import { contentOf } from './frozen-content.server.ts'
import { submissionsOf } from './submissions-store.server.ts'
import { receiptOf } from './reads.ts'

/** A stranger: a folder with the verifier and what they were given, nothing else. */
function stranger(given: Record<string, unknown>): { status: number; said: string } {
  const folder = temporaryFolder()
  copyFileSync(join(import.meta.dirname, '../../../../tools/verify-receipt.mjs'), join(folder, 'verify.mjs'))
  for (const [name, content] of Object.entries(given))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  const run = [
    ...[join(folder, 'verify.mjs'), 'receipt.json', '--key', 'key.txt'],
    ...('content.json' in given ? ['--content', 'content.json'] : [])
  ]
  try {
    const said = execFileSync(process.execPath, run, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
    return { status: 0, said }
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string }
    return { status, said: stderr }
  }
}

test('a stranger checks receipt and content offline, and notices whatever was changed', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    const first = ok(await handIn(consortium, maria))
    await sealed(database, new Sealer(database, app.audit))
    const receipt = ok(await receiptOf(app, maria, application.code))
    assert.deepEqual({ ...receipt, proof: undefined }, { ...first, proof: undefined })
    const [submission] = await submissionsOf(database, application.id)
    const content = await contentOf(database, submission!.id)
    const key = verifierKey(app.audit.name, app.audit.key.publicKey)
    const given = { 'receipt.json': receipt, 'content.json': content, 'key.txt': key }

    const { status, said } = stranger(given)
    assert.equal(status, 0, said)
    assert.match(said, new RegExp(`Application ${application.code} \\(Lasīšanas tilti\\), number 1`))
    assert.match(said, /The content is the one that was handed in: \d+ answers/)
    assert.match(said, /In the log: place \d+/)
    assert.equal(stranger({ 'receipt.json': first, 'key.txt': key }).status, 0)

    const answers = { ...content.answers, 'project.summary': 'Cits teksts.' }
    const changed: [string, Record<string, unknown>, RegExp][] = [
      ['an answer', { 'content.json': { ...content, answers } }, /content is not the one/],
      ['a partner', { 'content.json': { ...content, participants: [] } }, /content is not the one/],
      ['the number', { 'receipt.json': { ...receipt, number: 2 } }, /number/],
      [
        'the instant',
        { 'receipt.json': { ...receipt, receivedAt: '2026-01-01T00:00:00.000000Z' } },
        /received/
      ],
      ['the title', { 'receipt.json': { ...receipt, title: 'Cits' } }, /title/],
      ['the hash', { 'receipt.json': { ...receipt, sha256: '00' } }, /sha256/],
      [
        'what was signed',
        {
          'receipt.json': {
            ...receipt,
            sha256: '00',
            audit: { ...receipt.audit, payload: { ...receipt.audit.payload, sha256: '00' } }
          }
        },
        /payload/
      ]
    ]
    for (const [what, files, why] of changed) {
      const outcome = stranger({ ...given, ...files })
      assert.deepEqual([outcome.status, why.test(outcome.said)], [1, true], `${what}: ${outcome.said}`)
    }
  }))
