import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { openDraft } from '../draft.server.ts'
import { filledOf } from '../form-of-draft.server.ts'
import { setAside } from '../form/set-aside.ts'
import { keep } from '../writing/keep.server.ts'
import { forget } from '../writing/latest.server.ts'
import { keptDelta } from '../writing/merge.ts'
import type { Holding } from '../writing/save.server.ts'

export const permission: Permission = ofTheConsortium

/**
 * Empties an answer that nobody asks for any more, as a version of its own: what stood there stays in the history.
 * @param base the version that was read; somebody may have brought the question back meanwhile and written on
 */
export async function clearSetAside(
  app: Holding,
  caller: Caller,
  application: string,
  { path, base }: { path: string; base: number }
): Promise<{ version: number } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const draft = await openDraft(app, caller, application)
  if (isRefused(draft)) return draft
  const { outline, access } = draft
  if (outline.state !== 'draft') return notNow(`applications-writing.not-now.${outline.state}`)
  if (!access.edits(path)) return refused('not-allowed')
  const filled = await filledOf(app, draft)
  const answer = draft.answers.get(path)
  if (!answer || !setAside(filled).some((one) => one.path === path)) return refused('not-found')
  if (answer.version !== base) return refused('changed')
  const field = { application: outline.id, path }
  const isText = answer.text !== undefined
  const kept = await keep(app.database, {
    ...field,
    ...{ outline: outline.outline, base, length: 0, how: 'typed', by: caller.person, save: null },
    ...{ text: isText ? '' : null, value: null },
    delta: isText ? keptDelta(answer.text!, [[0, answer.text!.length, '']]) : null
  })
  forget(app.database, field)
  return kept.outcome === 'kept' ? { version: kept.version } : refused('changed')
}
