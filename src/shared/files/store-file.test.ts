import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { zipSync } from 'fflate'
import sharp from 'sharp'
import { withDatabase } from '../../../tests/database.ts'
import { workbook } from '../spreadsheets/workbook.fixture.ts'
import { texts } from '../texts/index.ts'
import { downloadFile, fileRefusalText, findFile, storeFile } from './index.ts'
import { filesIn, pdf } from './files.fixture.ts'
import type { FileContent } from './spool.ts'
import type { FileKind } from './kinds.ts'

const maria = '018f0000-0000-7000-8000-00000000000a'
const jonas = '018f0000-0000-7000-8000-00000000000b'
const upload = (
  content: FileContent,
  changes: { name?: string; accepts?: FileKind[]; mostBytes?: number } = {}
) => ({
  ...{ content, name: 'statutes.pdf', accepts: ['pdf'] as FileKind[], mostBytes: 1_000_000 },
  ...{ purpose: 'test.evidence', uploadedBy: maria, ...changes }
})

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

const left = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

test('Maria gives a document, and it is handed out as something to save, which nothing in it can change', () =>
  withFiles(async ({ holding, folder }) => {
    const given = await storeFile(holding, upload(pdf(), { name: '../../etc/Statūti „2026”\u202e.exe' }))
    assert.ok('file' in given)
    const { file } = given
    assert.deepEqual(
      [file.name, file.kind, file.size, file.uploadedBy, file.scan],
      ['Statūti „2026”.exe.pdf', 'pdf', pdf().length, maria, { state: 'not-scanned' }]
    )
    const answer = await downloadFile(holding, file.id, { person: undefined, copies: 'private' })
    assert.ok(answer instanceof Response)
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), pdf())
    assert.deepEqual(Object.fromEntries(answer.headers), {
      'cache-control': 'private, no-cache',
      'content-disposition':
        'attachment; filename="Statuti 2026.exe.pdf"; filename*=UTF-8\'\'Stat%C5%ABti%20%E2%80%9E2026%E2%80%9D.exe.pdf',
      'content-length': String(pdf().length),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'content-type': 'application/pdf',
      'cross-origin-resource-policy': 'same-origin',
      etag: `"${file.sha256}"`,
      'x-content-type-options': 'nosniff'
    })
    const again = await downloadFile(holding, file.id, {
      ...{ person: undefined, copies: 'public' as const },
      known: answer.headers.get('etag')
    })
    assert.ok(again instanceof Response && again.status === 304)
    // Its path knows nothing of its name, and others of this machine cannot read it.
    assert.deepEqual(
      left(folder).map((entry) => join(entry.parentPath, entry.name)),
      [join(folder, 'files', file.sha256.slice(0, 2), file.sha256)]
    )
    assert.equal(statSync(join(folder, 'files', file.sha256.slice(0, 2), file.sha256)).mode & 0o777, 0o600)
  }))

test('what a file is, is told by its content and not by its name', () =>
  withFiles(async ({ holding, folder }) => {
    const text = (content: string) => new TextEncoder().encode(content)
    const all: FileKind[] = ['pdf', 'docx', 'xlsx', 'png', 'jpeg', 'webp', 'gif', 'csv', 'txt']
    const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    const taken: [Uint8Array, string, FileKind][] = [
      [pdf(), 'picture.png', 'pdf'],
      [await picture.png().toBuffer(), 'a.pdf', 'png'],
      [await picture.jpeg().toBuffer(), 'a', 'jpeg'],
      [await picture.webp().toBuffer(), 'a', 'webp'],
      [text('Vārds;Vieta\nRīga;1'), 'saraksts.CSV', 'csv'],
      [text('Just words.'), 'a.exe', 'txt']
    ]
    for (const [content, name, kind] of taken) {
      const given = await storeFile(holding, upload(content, { name, accepts: all }))
      assert.ok('file' in given && given.file.kind === kind, `${name}: ${JSON.stringify(given)}`)
    }
    const before = left(folder).length
    const refused: [string, Uint8Array][] = [
      ['a program of Linux', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...new Uint8Array(60)])],
      ['a program of Windows', new Uint8Array([0x4d, 0x5a, 0x90, 0, ...new Uint8Array(100)])],
      ['a page', text('<!DOCTYPE html><script>alert(1)</script>')],
      ['a page after blanks and a comment', text('\ufeff \n<!-- x --> <script>alert(1)</script>')],
      ['an SVG picture', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      [
        'an SVG picture with its declaration',
        text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')
      ],
      ['an archive', zipSync({ 'a.txt': text('x') })],
      ['a document with macros', macros()],
      ['letters of no known encoding', new Uint8Array([0x56, 0xe2, 0x72, 0x64, 0x73])],
      ['text with a zero in it', text('a\0b')],
      // Enough comments to keep a careless search busy for ever.
      ['a page behind a thousand comments', text(`${'<!---->'.repeat(1000)}<p>x`)]
    ]
    for (const [what, content] of refused) {
      const given = await storeFile(holding, upload(content, { name: 'statutes.pdf', accepts: all }))
      assert.deepEqual(given, { refused: 'wrong-kind', accepts: all }, what)
    }
    const sheet = await storeFile(holding, upload(workbook([['A']]), { name: 'a.pdf' }))
    assert.ok('refused' in sheet)
    assert.equal(
      fileRefusalText(sheet, texts('en')),
      'By its content, this is none of the files that are taken here (PDF). Nothing of it was kept. Save the document as one of these and choose that file.'
    )
    assert.equal(left(folder).length, before)
  }))

function macros(): Uint8Array {
  const main = 'application/vnd.ms-word.document.macroEnabled.main+xml'
  return zipSync({
    '[Content_Types].xml': new TextEncoder().encode(
      `<Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`
    ),
    'word/document.xml': new TextEncoder().encode('<w:document/>'),
    'word/vbaProject.bin': new Uint8Array(10)
  })
}

test('a file of any length is written as it arrives, and what is too long is not read to its end', () =>
  withFiles(async ({ holding, folder }) => {
    let sent = 0
    const endless = async function* () {
      yield pdf()
      for (;;) {
        sent += 65_536
        yield new Uint8Array(65_536)
      }
    }
    const given = await storeFile(holding, upload(endless()))
    assert.deepEqual(given, { refused: 'too-large', limit: 1_000_000 })
    assert.ok(sent < 2_000_000)
    assert.deepEqual(left(folder), [])

    const large = async function* () {
      yield pdf()
      for (let at = 0; at < 1600; at++) yield new Uint8Array(65_536).fill(at)
    }
    const before = process.memoryUsage().rss
    const taken = await storeFile(holding, upload(large(), { mostBytes: 200_000_000 }))
    assert.ok('file' in taken && taken.file.size > 104_000_000)
    assert.ok(process.memoryUsage().rss - before < 80_000_000)
  }))

test('a connection that breaks off and an empty file leave nothing behind', () =>
  withFiles(async ({ holding, folder }) => {
    const broken = async function* () {
      yield pdf()
      throw new Error('aborted')
    }
    assert.deepEqual(await storeFile(holding, upload(broken())), { refused: 'broke-off' })
    assert.deepEqual(await storeFile(holding, upload(new Uint8Array())), { refused: 'empty' })
    const form = new File([pdf()], 'statutes.pdf')
    assert.ok('file' in (await storeFile(holding, upload(form))))
    assert.equal(left(join(folder, 'incoming')).length, 0)
    const { count } = await holding.database
      .selectFrom('files.file')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    assert.equal(count, '1')
  }))

test('a file in which the scanner finds something is not kept, but remembered', () =>
  withFiles(async ({ holding, folder, scanner }) => {
    scanner.says = { scan: 'found', finding: 'Eicar-Test-Signature' }
    const given = await storeFile(holding, upload(pdf()))
    assert.deepEqual(given, { refused: 'infected', finding: 'Eicar-Test-Signature' })
    assert.deepEqual(left(folder), [])
    const row = await holding.database.selectFrom('files.file').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([row.state, row.finding, row.uploaded_by], ['refused', 'Eicar-Test-Signature', maria])
    assert.deepEqual(await downloadFile(holding, row.id, { person: maria, copies: 'private' }), {
      refused: 'infected'
    })
  }))

test('what the scanner finds today is handed out no more, though it let it pass yesterday', () =>
  withFiles(async ({ holding, scanner }) => {
    scanner.says = { scan: 'clean' }
    const before = await storeFile(holding, upload(pdf()))
    assert.ok('file' in before)
    scanner.says = { scan: 'found', finding: 'Eicar-Test-Signature' }
    await storeFile(holding, upload(pdf()))
    assert.deepEqual(await downloadFile(holding, before.file.id, { person: maria, copies: 'private' }), {
      refused: 'infected'
    })
  }))

test('while the scanner does not answer, a file waits: nobody but its sender gets it', () =>
  withFiles(async ({ holding, scanner }) => {
    scanner.says = { scan: 'unavailable', why: 'ECONNREFUSED' }
    const given = await storeFile(holding, upload(pdf()))
    assert.ok('file' in given && given.file.scan.state === 'waiting-for-scan')
    const asked = (person: string | undefined) =>
      downloadFile(holding, given.file.id, { person, copies: 'private' })
    assert.deepEqual(await asked(jonas), { refused: 'waiting-for-scan' })
    assert.deepEqual(await asked(undefined), { refused: 'waiting-for-scan' })
    const own = await asked(maria)
    assert.ok(own instanceof Response)
    await own.body?.cancel()
  }))

test('the same content is kept once, whoever gives it and however often', () =>
  withFiles(async ({ holding, folder }) => {
    const both = await Promise.all([
      storeFile(holding, upload(pdf())),
      storeFile(holding, { ...upload(pdf(), { name: 'other.pdf' }), uploadedBy: jonas })
    ])
    assert.ok(both.every((given) => 'file' in given))
    assert.equal(left(join(folder, 'files')).length, 1)
    const [one, other] = both.map((given) => ('file' in given ? given.file : undefined))
    assert.notEqual(one!.id, other!.id)
    assert.equal((await findFile(holding.database, other!.id))?.name, 'other.pdf')
  }))

test('a content that is gone from the disk is missing, and no page breaks', () =>
  withFiles(async ({ holding }) => {
    const given = await storeFile(holding, upload(pdf()))
    assert.ok('file' in given)
    await holding.files.storage.remove(given.file.sha256)
    const asked = { person: maria, copies: 'private' as const }
    assert.deepEqual(await downloadFile(holding, given.file.id, asked), { refused: 'not-there' })
    assert.deepEqual(await downloadFile(holding, maria, asked), { refused: 'not-there' })
  }))

test('a full disk, while a file arrives or is put away: said in words, nothing half-kept, and taken once there is room', () =>
  withFiles(async ({ holding, folder }) => {
    const full = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
    const { files } = holding
    const nowhere = { ...holding, files: { ...files, storage: { ...files.storage, put: full } } }
    assert.deepEqual(await storeFile(nowhere, upload(pdf())), { refused: 'no-room' })
    const arriving = { ...holding, files: { ...files, incoming: '/dev/full/incoming' } }
    await assert.rejects(
      storeFile(arriving, upload(pdf())),
      /ENOTDIR/,
      'what is no full disk stays an accident'
    )
    assert.deepEqual(readdirSync(join(folder, 'incoming')), [])
    assert.deepEqual(await holding.database.selectFrom('files.file').selectAll().execute(), [])
    assert.ok('file' in (await storeFile(holding, upload(pdf()))))
    for (const language of ['lv', 'en'] as const)
      assert.match(fileRefusalText({ refused: 'no-room' }, texts(language)), /disk/)
  }))
