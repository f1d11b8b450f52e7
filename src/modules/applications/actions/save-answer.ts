import type { JsonValue } from '#shared/audit/index.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { readPath } from '../path.ts'
import { noteAttempt } from '../submission/attempts.server.ts'
import { tooOften } from '../writing/pace.ts'
import { type Holding, longest, saveInto } from '../writing/save.server.ts'
import type { Save, Saved } from '../writing/wire.ts'

export const permission = ofTheConsortium

/**
 * Saves what somebody wrote into a field of a draft. Texts are merged with what others wrote meanwhile, and are kept
 * over their limit, too: it stands in the way of submitting, never of writing. Any other answer that somebody else
 * changed meanwhile is refused as changed: `current` is { version, value, savedAt }. What could not be kept (a full
 * disk, a database that is away) is refused as failed, in words. Autosaves are versions of the field, and no entries
 * of the audit log.
 * @param application its id or its code
 */
export async function saveAnswer(
  app: Holding,
  caller: Caller,
  application: string,
  path: string,
  save: Save
): Promise<Saved | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  // Ten megabytes are neither compared with anything nor taken for many saves.
  if ('text' in save && save.text.length > 2 * longest)
    return invalid('text', 'applications-writing.problem.too-long', { most: longest })
  const wait = tooOften(caller.person, unitsOf(save), app.clock().epochMilliseconds)
  if (wait !== undefined) return refused('too-often', { retryAfterSeconds: wait })
  if (!readPath(path)) return invalid('path', 'applications-writing.problem.no-such-field')
  try {
    return await saveInto(app, caller, { application, path }, save)
  } catch (error) {
    app.log?.error({ err: error, application, path }, 'an answer could not be kept')
    // Before a deadline it matters whom our failures kept from writing.
    const at = { at: app.clock(), error: 0 }
    noteAttempt(app, { application, by: caller.person, what: 'save', outcome: 'failed', why: 'failed', at })
    return refused('failed', { problems: [{ field: '', key: 'applications-writing.failed' }] })
  }
}

/** One field of a form that was posted: with the version that the form was made of. */
export type PostedAnswer = { path: string; base: number } & ({ text: string } | { value: JsonValue })

/**
 * Saves a form that was posted whole, as without script: each field by the version that it showed. One that is
 * refused leaves the others kept.
 * @returns by path what became of each
 */
export async function saveAnswers(
  app: Holding,
  caller: Caller,
  application: string,
  answers: readonly PostedAnswer[]
): Promise<Map<string, Saved | Refused>> {
  const saved = await Promise.all(
    answers.map(
      async ({ path, ...save }) => [path, await saveAnswer(app, caller, application, path, save)] as const
    )
  )
  return new Map(saved)
}

function unitsOf(save: Save): number {
  if ('text' in save) return save.text.length
  if ('delta' in save) return save.delta.reduce((sum, [, , insert]) => sum + insert.length, 0)
  return 0
}
