import { sql } from 'kysely'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { type Talking, talk } from '../writing/discussed.server.ts'
import { type KeptDelta, forwards } from '../writing/merge.ts'
import { type Holding, saveInto } from '../writing/save.server.ts'

export const permission = ofTheConsortium

export const decisions = ['accepted', 'declined', 'taken-back'] as const
export type Decision = (typeof decisions)[number]

/**
 * Decides about a proposed change: whoever may write there accepts or declines it, whoever proposed it takes it back.
 * An accepted one is brought together with all that was written since it was proposed.
 */
export async function decideSuggestion(
  app: Holding,
  caller: Caller,
  application: string,
  id: string,
  decision: Decision
): Promise<{ decision: Decision; version?: number } | Refused> {
  const found = await talk(app, caller, application, (talking) => suggestionFor(talking, id, decision))
  if (isRefused(found) || !isSignedIn(caller)) return isRefused(found) ? found : refused('sign-in')
  let version: number | undefined
  if (decision === 'accepted') {
    // Under the number of the suggestion: accepted twice at once, it is written once.
    const save = { base: found.base, delta: forwards(found.delta), save: id }
    const where = { application: found.application, path: found.path }
    const saved = await saveInto(app, caller, where, save, { how: 'suggested' })
    if (isRefused(saved)) return saved
    ;({ version } = saved)
  }
  return talk(app, caller, application, async ({ transaction, who }) => {
    await transaction
      .updateTable('applications.suggestion')
      .set({
        decision,
        decided_by: who.person,
        decided_at: sql<string>`clock_timestamp()`,
        version: version ?? null
      })
      .where('id', '=', id)
      .where('decision', 'is', null)
      .execute()
    return version === undefined ? { decision } : { decision, version }
  })
}

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
