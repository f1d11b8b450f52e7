import { listActions, listPriorities } from '#server/programmes'
import { type JsonValue, record } from '#shared/audit/index.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { commission } from '../permissions.ts'
import { namesOf } from '../persons.server.ts'
import {
  type PlanChange,
  type PlanField,
  type YearPlan,
  envelopeProblems,
  mergePlans,
  planChanges
} from '../year-plan.ts'
import { lockYear, planInRevision, planOf, savePlan } from '../year-store.server.ts'

export const permission: Permission = ['officer', 'administrator']

/** What somebody else saved into the plan meanwhile: `current` of a refusal as changed. */
export type PlannedMeanwhile = {
  revision: number
  by: string | null
  /** ISO 8601. */
  at: string
  theirs: PlanChange[]
  clashes: PlanField[]
  merged: YearPlan
}

/**
 * Saves the plan of a year, for officers of the Commission and administrators. Everybody sees it at once; each
 * revision is kept. If somebody else saved meanwhile, nothing is saved, and both are shown put together.
 */
export async function saveYearPlan(
  app: Desk,
  caller: Caller,
  edition: number,
  { revision, plan }: { revision: number; plan: YearPlan }
): Promise<{ revision: number; unchanged: boolean } | Refused> {
  const no = refusalFor(caller, permission, { body: commission })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!app.programmes.editions.includes(edition)) return refused('not-found')
  const problems = problemsOfPlan(app, edition, plan)
  if (problems) return problems
  return app.database.transaction().execute(async (transaction) => {
    await lockYear(transaction, edition)
    const current = await planOf(transaction, edition)
    const base = await planInRevision(transaction, edition, revision)
    if (!base) return refused('not-found')
    const { plan: merged, theirs, clashes } = mergePlans(base, current.plan, plan)
    const changes = planChanges(current.plan, merged)
    if (changes.length === 0) return { revision: current.revision, unchanged: true }
    if (theirs.length > 0) {
      const names = await namesOf(transaction, current.by ? [current.by] : [])
      const meanwhile: PlannedMeanwhile = {
        revision: current.revision,
        by: names.get(current.by ?? '') ?? null,
        at: String(current.at),
        theirs,
        clashes,
        merged
      }
      return refused('changed', { current: meanwhile })
    }
    const next = current.revision + 1
    await savePlan(transaction, edition, { revision: next, plan: merged, by: caller.person })
    await record(transaction, {
      act: 'calls.year-planned',
      by: actorOf(caller),
      subject: { kind: 'year', id: String(edition) },
      payload: { revision: next, changes: changes as unknown as JsonValue }
    })
    return { revision: next, unchanged: false }
  })
}

function problemsOfPlan(app: Desk, edition: number, plan: YearPlan): Refused | undefined {
  const actions = new Set(listActions(app, edition).map(({ action }) => action))
  const priorities = new Set(listPriorities(app, edition).map(({ id }) => id))
  const named = [...Object.keys(plan.envelopes), ...plan.targets.flatMap(({ action }) => action ?? [])]
  const unknown = named.find((action) => !actions.has(action))
  if (unknown !== undefined) return invalid('', 'calls.problem.action-unknown', { action: unknown })
  const foreign = plan.priorities.find((id) => !priorities.has(id))
  if (foreign !== undefined) return invalid('priorities', 'calls.problem.priority', { id: foreign })
  const problems = Object.values(plan.envelopes).flatMap(envelopeProblems)
  return problems.length > 0 ? refused('invalid', { problems }) : undefined
}
