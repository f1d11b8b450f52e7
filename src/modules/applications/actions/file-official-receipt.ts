import { record } from '#shared/audit/index.ts'
import {
  type FileContent,
  type FileRefusal,
  type HoldingFiles,
  storeFile,
  useFile
} from '#shared/files/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { usedByApplication } from '../attachments/used-by.server.ts'
import '../copies/copies-tables.server.ts'
import { countFor } from '../limits.server.ts'
import { openDraft } from '../draft.server.ts'
import { attachmentsPurpose, mostAttachmentBytes } from './attach-file.ts'

export const permission: Permission = ofTheConsortium

/**
 * Files what an official system answered to an application that was copied into it. It may come after the deadline,
 * and whatever the state of the draft here. Only who speaks for the whole application may.
 * @param application its code or id
 */
export async function fileOfficialReceipt(
  app: HoldingFiles,
  caller: Caller,
  application: string,
  { content, name, number }: { content: FileContent; name: string; number: string }
): Promise<{ receipt: string } | Refused | FileRefusal> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const draft = await openDraft(app, caller, application)
  if (isRefused(draft)) return draft
  if (!draft.access.editsAll) return refused('not-allowed')
  const { outline } = draft
  const tooOften = await countFor(app.database, 'official-receipt', caller.person)
  if (tooOften) return tooOften
  const stored = await storeFile(app, {
    content,
    name,
    accepts: ['pdf', 'png', 'jpeg'],
    mostBytes: mostAttachmentBytes,
    purpose: attachmentsPurpose,
    uploadedBy: caller.person
  })
  if ('refused' in stored) return stored
  const { id: file, name: called, sha256 } = stored.file
  return app.database.transaction().execute(async (transaction) => {
    await useFile(transaction, file, usedByApplication(outline.id))
    const { id } = await transaction
      .insertInto('applications.official_receipt')
      .values({
        application: outline.id,
        file,
        name: called,
        number,
        filed_by: caller.person,
        removed_by: null
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(transaction, {
      act: 'applications.official-receipt-filed',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { code: outline.code, number, sha256 }
    })
    return { receipt: id }
  })
}
