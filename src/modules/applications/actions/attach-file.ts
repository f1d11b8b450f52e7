import { buffer } from 'node:stream/consumers'
import { countPages } from '#shared/documents/pdf-pages.ts'
import {
  type FileContent,
  type FileRefusal,
  type HoldingFiles,
  releaseFile,
  storeFile,
  useFile
} from '#shared/files/index.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import type { Programmes } from '#server/programmes'
import { ofTheConsortium } from '../access.ts'
import { type FileQuestion, fileQuestionAt } from '../attachments/file-question.server.ts'
import type { GivenFile } from '../attachments/given-file.ts'
import { usedByApplication } from '../attachments/used-by.server.ts'
import { openDraft } from '../draft.server.ts'
import { saveInto } from '../writing/save.server.ts'
import type { Saved } from '../writing/wire.ts'

export const permission: Permission = ofTheConsortium

/** Bytes of one file. */
export const mostAttachmentBytes = 20_000_000 // not of a guide: bytes
export const attachmentsPurpose = 'applications.attachment'

export type Attachment = {
  content: FileContent
  name: string
  /** The version of the answer that the person saw. */
  base: number
}

/**
 * Gives a file as the answer to a question, in place of one that was given before; that one stays in the history.
 * What it is is found out by its content; the pages of a PDF are counted, and too many are refused.
 */
export async function attachFile(
  app: HoldingFiles & { programmes: Programmes },
  caller: Caller,
  application: string,
  path: string,
  { content, name, base }: Attachment
): Promise<Saved | Refused | FileRefusal> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const draft = await openDraft(app, caller, application)
  if (isRefused(draft)) return draft
  if (!draft.access.edits(path)) return refused('not-allowed')
  if (draft.outline.state !== 'draft') return notNow('applications-editor.problem.not-a-draft')
  const question = await fileQuestionAt(app, draft, path)
  if (!question) return refused('not-found')
  const stored = await storeFile(app, {
    content,
    name,
    accepts: question.types,
    mostBytes: mostAttachmentBytes,
    purpose: attachmentsPurpose,
    uploadedBy: caller.person
  })
  if ('refused' in stored) return stored
  const { id, kind, size, sha256, name: called } = stored.file
  const pages = kind === 'pdf' ? await pagesOf(app, sha256, question) : undefined
  if (isRefused(pages)) return pages
  const given: GivenFile = { file: id, name: called, size, sha256, ...(pages !== undefined && { pages }) }
  const usedBy = usedByApplication(draft.outline.id)
  await app.database.transaction().execute((transaction) => useFile(transaction, id, usedBy))
  const where = { application: draft.outline.id, path }
  const saved = await saveInto(app, caller, where, { base, value: given }, { file: true })
  if (isRefused(saved))
    await app.database.transaction().execute((transaction) => releaseFile(transaction, id, usedBy))
  return saved
}

async function pagesOf(
  { files }: HoldingFiles,
  sha256: string,
  { pages: most }: FileQuestion
): Promise<number | Refused> {
  const stream = await files.storage.read(sha256)
  if (!stream) return invalid('file', 'applications-editor.problem.pdf-unreadable')
  const counted = await countPages(await buffer(stream))
  if ('problem' in counted) return invalid('file', `applications-editor.problem.pdf-${counted.problem}`)
  if (most !== undefined && counted.pages > most) {
    return invalid('file', 'applications-form.problem.too-many-pages', { pages: counted.pages, most })
  }
  return counted.pages
}
