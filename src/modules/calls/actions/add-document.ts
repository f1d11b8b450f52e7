import {
  type FileContent,
  type FileRefusal,
  type HoldingFiles,
  documentKinds,
  storeFile,
  tableKinds
} from '#shared/files/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { documentsPurpose, mostDocumentBytes } from '../documents.server.ts'
import { callAtDesk } from '../reads.ts'

export const permission: Permission = ['officer']

/** A file that was taken: what the list of documents says of it. It stays once the call that names it is saved. */
export type AddedDocument = { title: string; address: string }

/** Takes a file for the documents of a call. What it is is found out by its content, not by its name. */
export async function addDocument(
  app: Desk & HoldingFiles,
  caller: Caller,
  code: string,
  { content, name }: { content: FileContent; name: string }
): Promise<AddedDocument | Refused | FileRefusal> {
  const desk = await callAtDesk(app, caller, code)
  if (isRefused(desk)) return desk
  if (!desk.writes || !isSignedIn(caller)) return refused('not-allowed')
  const given = await storeFile(app, {
    content,
    name,
    accepts: [...documentKinds, ...tableKinds],
    mostBytes: mostDocumentBytes,
    purpose: documentsPurpose,
    uploadedBy: caller.person
  })
  if ('refused' in given) return given
  const { id, name: called } = given.file
  return { title: called.replace(/\.[a-z0-9]{1,5}$/i, ''), address: `/calls/documents/${id}` }
}
