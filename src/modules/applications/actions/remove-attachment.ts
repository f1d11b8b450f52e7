import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { givenFile } from '../attachments/given-file.ts'
import { openDraft } from '../draft.server.ts'
import { type Holding, saveInto } from '../writing/save.server.ts'
import type { Saved } from '../writing/wire.ts'

export const permission: Permission = ofTheConsortium

/** Takes a file out of an application. It stays in the history, from where it can be had and put back. */
export async function removeAttachment(
  app: Holding,
  caller: Caller,
  application: string,
  { path, base }: { path: string; base: number }
): Promise<Saved | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const draft = await openDraft(app, caller, application)
  if (isRefused(draft)) return draft
  if (!givenFile(draft.answers.get(path)?.value)) return refused('not-found')
  return saveInto(app, caller, { application: draft.outline.id, path }, { base, value: null })
}
