import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { outlineFor } from '../writing/field-now.server.ts'
import { answerAtVersion } from '../writing/history.server.ts'
import { tooOften } from '../writing/pace.ts'
import { type Holding, saveInto } from '../writing/save.server.ts'
import type { Saved } from '../writing/wire.ts'

export const permission = ofTheConsortium

/** Counts as so long a save: what came since is read and taken back. */
const unitsOfRestoring = 200_000 // not of a guide: UTF-16 units

/** Brings back what stood in a field at a version, as a new version: nothing that came since is lost. */
export async function restoreAnswer(
  app: Holding,
  caller: Caller,
  application: string,
  path: string,
  version: number
): Promise<Saved | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const wait = tooOften(caller.person, unitsOfRestoring, app.clock().epochMilliseconds)
  if (wait !== undefined) return refused('too-often', { retryAfterSeconds: wait })
  const outline = await outlineFor(app.database, caller, application)
  if (isRefused(outline)) return outline
  const field = { application: outline.id, path }
  const found = await answerAtVersion(app.database, field, version)
  if (!found) return invalid('version', 'applications-writing.problem.no-such-version', { base: version })
  const { now, text, value } = found
  const save = text === null ? { base: now, value } : { base: now, text }
  return saveInto(app, caller, field, save, { how: 'restored', file: true })
}
