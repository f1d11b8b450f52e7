import { sql } from 'kysely'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { type Talking, talk } from '../writing/discussed.server.ts'
import { forget } from '../writing/latest.server.ts'
import { type KeptDelta, forwards } from '../writing/merge.ts'
import { type Holding, saveInto } from '../writing/save.server.ts'

export const permission = ofTheConsortium

export const decisions = ['accepted', 'declined', 'taken-back'] as const
export type Decision = (typeof decisions)[number]

/**
 * Decides about a proposed change: whoever may write there accepts or declines it, whoever proposed it takes it back.
 * An accepted one is brought together with all that was written since it was proposed, in the same transaction: of two
 * who decide at once one does, and the other is told.
 */
export async function decideSuggestion(
  app: Holding,
  caller: Caller,
  application: string,
  id: string,
  decision: Decision
): Promise<{ decision: Decision; version?: number } | Refused> {
  const decided = await talk(app, caller, application, async (talking) => {
    const { transaction, who } = talking
    const found = await suggestionFor(talking, id, decision)
    if (isRefused(found)) return found
    const { application: ofIt, path } = found
    const save = { base: found.base, delta: forwards(found.delta), save: id }
    const saved =
      decision === 'accepted'
        ? await saveInto({ ...app, database: transaction }, who, { application: ofIt, path }, save, {
            how: 'suggested'
          })
        : undefined
    if (isRefused(saved)) return saved
    const version = saved?.version
    await transaction
      .updateTable('applications.suggestion')
      .set({
        decision,
        decided_by: who.person,
        decided_at: sql<string>`clock_timestamp()`,
        version: version ?? null
      })
      .where('id', '=', id)
      .execute()
    return { application: ofIt, path, version }
  })
  if (isRefused(decided)) return decided
  const { version, ...field } = decided
  if (version === undefined) return { decision }
  forget(app.database, field)
  return { decision, version }
}

/** The suggestion, kept from everybody else who decides until the transaction ends. */
async function suggestionFor(
  { transaction, outline, access, who }: Talking,
  id: string,
  decision: Decision
): Promise<{ application: string; path: string; base: number; delta: KeptDelta } | Refused> {
  const found = await transaction
    .selectFrom('applications.suggestion')
    .select(['path', 'base', 'delta', 'suggested_by', 'decision'])
    .where('id', '=', id)
    .where('application', '=', outline.id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return refused('not-found')
  if (found.decision) return notNow('applications-writing.not-now.decided')
  const own = found.suggested_by === who.person
  if (decision === 'taken-back' ? !own : !access.edits(found.path)) return refused('not-allowed')
  return {
    application: outline.id,
    path: found.path,
    base: found.base,
    delta: found.delta as KeptDelta
  }
}
