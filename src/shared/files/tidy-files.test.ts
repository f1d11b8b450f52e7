import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { withDatabase } from '../../../tests/database.ts'
import { findFile, releaseFile, removeUnusedFiles, scanWaitingFiles, storeFile, useFile } from './index.ts'
import type { ScanResult } from './file.ts'
import { filesIn, pdf } from './files.fixture.ts'
import { personalData } from './personal-data.ts'

const maria = '018f0000-0000-7000-8000-00000000000a'
const hour = 3_600_000
const statutes = 'organisations.evidence:1'

async function withFiles(work: (given: ReturnType<typeof filesIn>) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    const given = filesIn(database)
    try {
      await work(given)
    } finally {
      given.remove()
    }
  })
}

async function give({ holding }: ReturnType<typeof filesIn>, text: string) {
  const given = await storeFile(holding, {
    ...{ content: pdf(text), name: `${text}.pdf`, accepts: ['pdf'] as const, mostBytes: 1000 },
    ...{ purpose: 'test.evidence', uploadedBy: maria }
  })
  assert.ok('file' in given)
  return given.file
}

test('a file that somebody uses stays; one that nobody uses goes after a day', () =>
  withFiles(async (given) => {
    const { holding, time } = given
    const { database } = holding
    const used = await give(given, 'used')
    const forgotten = await give(given, 'forgotten')
    const released = await give(given, 'released')
    await useFile(database, used.id, statutes)
    await useFile(database, released.id, statutes)
    await useFile(database, released.id, 'another')
    assert.deepEqual(await removeUnusedFiles(holding), { files: 0, contents: 0 })
    time.ahead = 25 * hour
    assert.deepEqual(await removeUnusedFiles(holding), { files: 1, contents: 1 })
    assert.equal(await findFile(database, forgotten.id), undefined)
    assert.equal(await holding.files.storage.has(forgotten.sha256), false)

    await releaseFile(database, released.id, statutes)
    await releaseFile(database, released.id, 'nobody')
    assert.deepEqual(await removeUnusedFiles(holding), { files: 0, contents: 0 })
    await releaseFile(database, released.id, 'another')
    time.ahead = 25 * hour
    assert.deepEqual(await removeUnusedFiles(holding), { files: 1, contents: 1 })
    assert.ok(await holding.files.storage.has(used.sha256))
  }))

test('a content that two files share stays until the last of them goes', () =>
  withFiles(async (given) => {
    const { holding, time } = given
    const one = await give(given, 'same')
    await give(given, 'same')
    await useFile(holding.database, one.id, statutes)
    time.ahead = 48 * hour
    assert.deepEqual(await removeUnusedFiles(holding), { files: 1, contents: 0 })
    assert.ok(await holding.files.storage.has(one.sha256))
  }))

test('contents that no file names and uploads that broke off are swept up', () =>
  withFiles(async (given) => {
    const { holding, folder, time } = given
    const lost = await give(given, 'lost')
    await holding.database.deleteFrom('files.file').execute()
    await mkdir(join(folder, 'incoming'), { recursive: true })
    writeFileSync(join(folder, 'incoming/half'), 'half a file')
    time.ahead = 48 * hour
    assert.deepEqual(await removeUnusedFiles(holding), { files: 0, contents: 1 })
    assert.equal(await holding.files.storage.has(lost.sha256), false)
  }))

test('what waited for the scanner is scanned when it answers again, and what it finds is taken away', () =>
  withFiles(async (given) => {
    const { holding, scanner } = given
    const early = await give(given, 'early')
    scanner.says = { scan: 'unavailable', why: 'ECONNREFUSED' }
    const waiting = await give(given, 'waiting')
    assert.deepEqual(await scanWaitingFiles(holding), { scanned: 0, refused: 0 })
    scanner.says = { scan: 'clean' }
    assert.deepEqual(await scanWaitingFiles(holding), { scanned: 2, refused: 0 })
    for (const { id } of [early, waiting]) {
      assert.equal((await findFile(holding.database, id))?.scan.state, 'clean')
    }
    scanner.says = { scan: 'unavailable', why: 'ECONNREFUSED' }
    const bad = await give(given, 'bad')
    await useFile(holding.database, bad.id, statutes)
    scanner.says = { scan: 'found', finding: 'Win.Test' }
    assert.deepEqual(await scanWaitingFiles(holding), { scanned: 1, refused: 1 })
    const known = await findFile(holding.database, bad.id)
    assert.ok(known?.scan.state === 'refused' && known.scan.finding === 'Win.Test')
    assert.equal(await holding.files.storage.has(bad.sha256), false)
    assert.equal(await useFile(holding.database, bad.id, statutes), undefined)
  }))

test('a file that the scanner cannot look at does not keep the others waiting', () =>
  withFiles(async (given) => {
    const { holding } = given
    const large = await give(given, 'large')
    const small = await give(given, 'small')
    const scan = async (path: string): Promise<ScanResult> =>
      readFileSync(path, 'utf8').includes('large') ? { scan: 'unable', why: 'size' } : { scan: 'clean' }
    const scanning = { ...holding, files: { ...holding.files, scan } }
    assert.deepEqual(await scanWaitingFiles(scanning), { scanned: 1, refused: 0 })
    assert.equal((await findFile(holding.database, large.id))?.scan.state, 'not-scanned')
    assert.equal((await findFile(holding.database, small.id))?.scan.state, 'clean')
  }))

test('a content that is given anew just as its last file goes is there afterwards', () =>
  withFiles(async (given) => {
    const { holding } = given
    for (let round = 0; round < 15; round++) {
      await give(given, 'same')
      await holding.database.updateTable('files.file').set({ unused_since: '2020-01-01T00:00:00Z' }).execute()
      const [again] = await Promise.all([give(given, 'same'), removeUnusedFiles(holding)])
      assert.ok(await findFile(holding.database, again.id))
      assert.ok(await holding.files.storage.has(again.sha256), `round ${round}`)
    }
  }))

test('what Maria gave is listed for her, and stays without her name when she is erased', () =>
  withFiles(async (given) => {
    const { holding } = given
    const { database } = holding
    const file = await give(given, 'hers')
    assert.deepEqual(await personalData.stays(database, maria), [])
    await useFile(database, file.id, statutes)
    const { files } = await personalData.exports(database, maria)
    assert.deepEqual(
      (files as { name: string }[]).map(({ name }) => name),
      ['hers.pdf']
    )
    const [stays] = await personalData.stays(database, maria)
    assert.deepEqual(stays?.args, { count: 1 })
    await personalData.erases(database, maria)
    assert.deepEqual(await personalData.exports(database, maria), { files: [] })
    assert.equal((await findFile(database, file.id))?.uploadedBy, undefined)
  }))
