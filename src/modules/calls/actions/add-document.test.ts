import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { storeFile } from '#shared/files/index.ts'
import { openFileStore } from '#shared/files/file-store.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { atDesk, type DeskAtWork, draftCall, ok } from '../../../../tests/cast/calls-at-desk.ts'
import { mayReadDocument } from '../reads.ts'
import { addDocument } from './add-document.ts'
import { publishCall } from './publish-call.ts'
import { saveCall } from './save-call.ts'
import { sendForReview } from './send-for-review.ts'

const pdf = () => new File(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'], 'Pieteikuma veidlapa.pdf')

/** Gives a test a desk with a place for files. */
function withFiles(
  work: (desk: DeskAtWork & { holding: Parameters<typeof addDocument>[0] }) => Promise<void>
) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kopa-calls-'))
  return atDesk(async (desk) => {
    const files = await openFileStore({ dataFolder, where: undefined, clamd: undefined })
    await work({ ...desk, holding: { ...desk.app, files, log: pino({ level: 'silent' }) } })
  }).finally(() => rmSync(dataFolder, { recursive: true, force: true }))
}

suite('a document of a call', () => {
  test('is for the body while the call is a draft, and for everybody once it is published', () =>
    withFiles(async (desk) => {
      const { holding, app, petra, zane, sandra, nobody } = desk
      const code = await draftCall(desk)
      const added = await addDocument(holding, petra, code, {
        content: pdf(),
        name: 'Pieteikuma veidlapa.pdf'
      })
      assert.ok('address' in added)
      assert.equal(added.title, 'Pieteikuma veidlapa')
      const file = added.address.split('/').at(-1)!
      assert.equal(await mayReadDocument(app, petra, file), 'no')
      const documents = [{ ...added, language: 'lv' }]
      ok(await saveCall(app, petra, code, { revision: 2, change: { documents } }))
      assert.equal(await mayReadDocument(app, zane, file), 'officer')
      for (const caller of [sandra, nobody]) assert.equal(await mayReadDocument(app, caller, file), 'no')
      ok(await sendForReview(app, petra, code, 3))
      ok(await publishCall(app, zane, code, 3))
      assert.equal(await mayReadDocument(app, nobody, file), 'everybody')
    }))

  test('is known by its content: a program called .pdf is refused, so is nobody’s file', () =>
    withFiles(async (desk) => {
      const { holding, petra, sandra, maria } = desk
      const code = await draftCall(desk)
      const program = new File(['MZ\u0090\u0000'], 'guide.pdf')
      const refusal = await addDocument(holding, petra, code, { content: program, name: 'guide.pdf' })
      assert.ok('refused' in refusal && refusal.refused === 'wrong-kind')
      for (const caller of [sandra, maria]) {
        assert.ok(isRefused(await addDocument(holding, caller, code, { content: pdf(), name: 'a.pdf' })))
      }
    }))

  test('is never somebody else’s paper: an address of another file is refused, and of none', () =>
    withFiles(async (desk) => {
      const { holding, app, petra } = desk
      const code = await draftCall(desk)
      const other = await storeFile(holding, {
        content: pdf(),
        name: 'evidence.pdf',
        accepts: ['pdf'],
        mostBytes: 10_000,
        purpose: 'organisations.evidence',
        uploadedBy: undefined
      })
      assert.ok('file' in other)
      for (const id of [other.file.id, randomUUID()]) {
        const documents = [{ title: 'x', language: '', address: `/calls/documents/${id}` }]
        const outcome = await saveCall(app, petra, code, { revision: 2, change: { documents } })
        assert.ok(isRefused(outcome) && outcome.problems[0]?.field === 'documents.0.address')
      }
    }))
})
