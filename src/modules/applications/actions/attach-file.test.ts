import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pdfOf } from '#shared/files/files.fixture.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { ok, theProgrammes } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { givenFile } from '../attachments/given-file.ts'
import { attachmentOf } from '../reads.ts'
import { attachFile } from './attach-file.ts'
import { removeAttachment } from './remove-attachment.ts'
import { saveAnswer } from './save-answer.ts'

const path = 'annexes.other'
const programmes = theProgrammes()

suite('attachments', () => {
  test('Maria gives a document, its pages are counted, and Jonas reads it; Elena does not', () =>
    consortiumAtWork(async ({ holding, database, application, maria, jonas, elena }) => {
      const app = { ...holding, programmes }
      const given = { content: pdfOf(3), name: 'Laika grafiks.pdf', base: 0 }
      const saved = await attachFile(app, maria, application.code, path, given)
      assert.ok('version' in saved, JSON.stringify(saved))
      const file = givenFile((await answersOf(database, application.id)).get(path)?.value)
      assert.deepEqual([file?.name, file?.pages], ['Laika grafiks.pdf', 3])
      assert.equal(await attachmentOf(app, jonas, application.code, path), file?.file)
      const stranger = await attachmentOf(app, elena, application.code, path)
      assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
    }))

  test('a document with too many pages is refused, and so is one that only begins like a PDF', () =>
    consortiumAtWork(async ({ holding, application, maria }) => {
      const app = { ...holding, programmes }
      const give = (content: Uint8Array) =>
        attachFile(app, maria, application.code, path, { content, name: 'a.pdf', base: 0 })
      const long = await give(pdfOf(21))
      assert.ok(isRefused(long) && long.problems[0]?.key === 'applications-form.problem.too-many-pages')
      const broken = await give(Buffer.from('%PDF-1.7\nnothing\n'))
      assert.ok(isRefused(broken) && broken.problems[0]?.key === 'applications-editor.problem.pdf-unreadable')
    }))

  test('who replaces a file that somebody else has just replaced is told, and what is removed stays in the history', () =>
    consortiumAtWork(async ({ holding, database, application, maria }) => {
      const app = { ...holding, programmes }
      const give = (base: number, name: string) =>
        attachFile(app, maria, application.code, path, { content: pdfOf(1), name, base })
      await give(0, 'pirmais.pdf')
      await give(1, 'otrais.pdf')
      const late = await give(1, 'trešais.pdf')
      assert.ok(isRefused(late) && late.refused === 'changed')
      ok(await removeAttachment(app, maria, application.code, { path, base: 2 }))
      assert.equal((await answersOf(database, application.id)).get(path)?.value, null)
      const versions = await database
        .selectFrom('applications.answer_version')
        .select('value')
        .where('path', '=', path)
        .orderBy('version')
        .execute()
      const names = versions.map(({ value }) => givenFile(value)?.name)
      assert.deepEqual(names, ['pirmais.pdf', 'otrais.pdf', undefined])
    }))

  test('a file in which the scanner finds something is no answer, and neither is one for which the disk has no room', () =>
    consortiumAtWork(async ({ holding, database, application, maria }) => {
      const { files } = holding
      const give = (more: Partial<typeof files>) =>
        attachFile({ ...holding, programmes, files: { ...files, ...more } }, maria, application.code, path, {
          ...{ content: pdfOf(1), name: 'Plāns.pdf', base: 0 }
        })
      const finding = 'Eicar-Test-Signature'
      const scan = () => Promise.resolve({ scan: 'found', finding } as const)
      assert.deepEqual(await give({ scan }), { refused: 'infected', finding })
      const put = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      assert.deepEqual(await give({ storage: { ...files.storage, put } }), { refused: 'no-room' })
      assert.equal((await answersOf(database, application.id)).has(path), false)
    }))

  test('an answer that names the file of another application opens nothing', () =>
    consortiumAtWork(async ({ holding, application, maria }) => {
      const app = { ...holding, programmes }
      const value = { file: '00000000-0000-4000-8000-000000000000', name: 'a.pdf', size: 1, sha256: 'a' }
      await saveAnswer(app, maria, application.id, path, { base: 0, value })
      const none = await attachmentOf(app, maria, application.code, path)
      assert.ok(isRefused(none) && none.refused === 'not-found')
    }))
})
