import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, defaultLanguage, isLanguage, texts } from '#shared/texts/index.ts'
import { ofTheConsortium } from '../access.ts'
import { openDraft } from '../draft.server.ts'
import { filledOf } from '../form-of-draft.server.ts'
import { takesDrafts } from '../writing/outlines.server.ts'
import { type ToldForm, toldForm } from './told-form.ts'

export const permissions = { formInDraft: ofTheConsortium } as const

/**
 * The form of an application with what of it is asked now, for somebody of its consortium.
 * @param language of its texts; left out: the one in which it is written
 */
export async function formInDraft(
  app: { database: Database; programmes: Programmes; clock: () => Temporal.Instant },
  caller: Caller,
  application: string,
  language?: Language
): Promise<ToldForm | Refused> {
  const draft = await openDraft(app, caller, application)
  if (isRefused(draft)) return draft
  const { outline, access, answers } = draft
  const own = isLanguage(outline.language) ? outline.language : defaultLanguage
  const speaking = { language: language ?? own, t: texts(language ?? own) }
  const writable = outline.state === 'draft' && (await takesDrafts(app, outline.call))
  const edits = (path: string) => writable && access.edits(path)
  return toldForm({ filled: await filledOf(app, draft), answers, edits, speaking })
}
