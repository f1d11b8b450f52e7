import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { apply } from '../writing/delta.ts'
import { between } from '../writing/difference.ts'
import { talk } from '../writing/discussed.server.ts'
import { fitting } from '../writing/fitting.server.ts'
import { textAt } from '../writing/history.server.ts'
import { countFor } from '../writing/limits.server.ts'
import { keptDelta, mergeDelta } from '../writing/merge.ts'
import type { Save } from '../writing/wire.ts'

export const permission = ofTheConsortium

/** A change that is proposed: as a save of a text, with a word about why. */
export type Suggested = { path: string; note?: string | undefined } & Extract<
  Save,
  { text: string } | { delta: unknown }
>

/** Proposes a change of a text, for whoever may write there to accept. */
export async function suggestChange(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  { path, note, ...save }: Suggested
): Promise<{ id: string } | Refused> {
  return talk(app, caller, application, async ({ transaction, outline, who }) => {
    const fits = await fitting({ ...app, database: transaction }, outline, { path, save })
    if (isRefused(fits)) return fits
    const base = await textAt(transaction, { application: outline.id, path }, save.base)
    if (base === undefined)
      return invalid('base', 'applications-writing.problem.no-such-version', { base: save.base })
    const delta = 'text' in save ? between(base, fits.tidy(save.text)) : save.delta
    const merged = mergeDelta(base, [], delta, fits.tidy)
    if (!merged) return invalid('delta', 'applications-writing.problem.other-text')
    if (apply(base, merged.delta) === base)
      return invalid('text', 'applications-writing.problem.changes-nothing')
    const often = await countFor(transaction, 'say', who.person)
    if (often) return often
    const { id } = await transaction
      .insertInto('applications.suggestion')
      .values({
        application: outline.id,
        path,
        base: save.base,
        delta: JSON.stringify(keptDelta(base, merged.delta)),
        note: note ?? null,
        suggested_by: who.person,
        decision: null,
        decided_by: null,
        version: null
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id }
  })
}
