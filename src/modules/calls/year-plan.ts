import type { Problem } from '#shared/forms/refused.ts'
import { bothChanged, equal } from './changes.ts'

/** The money of an action in a year, as the Commission sets it, and how much of it each body gets; cents of euro. */
export type Envelope = { cents: number; bodies: { body: string; cents: number }[] }

/** What is to be reached in a year: so many projects, newcomers, schools … of an action, or of all. */
export type Target = { says: { en: string; lv: string }; action: string | null; number: number }

/** The plan of a year: money of each action, priorities that count most, targets. */
export type YearPlan = {
  envelopes: Readonly<Record<string, Envelope>>
  priorities: string[]
  targets: Target[]
}

export const emptyPlan: YearPlan = { envelopes: {}, priorities: [], targets: [] }

/** A part of the plan that is written and compared by itself: an action's envelope, the priorities, the targets. */
export type PlanField = `envelope.${string}` | 'priorities' | 'targets'
export type PlanChange = { field: PlanField; from: unknown; to: unknown }

/** What is left to share out among bodies; below 0 when they get more than there is. */
export function leftOfEnvelope({ cents, bodies }: Envelope): number {
  return cents - bodies.reduce((sum, { cents: part }) => sum + part, 0)
}

/** What does not add up: bodies together get at most what the action has, and each stands there once. */
export function envelopeProblems(envelope: Envelope): Problem[] {
  const { bodies } = envelope
  const twice = bodies.some(({ body }, at) => bodies.findIndex((one) => one.body === body) < at)
  if (twice) return [{ field: 'bodies', key: 'calls.problem.body-twice' }]
  const left = leftOfEnvelope(envelope)
  return left < 0
    ? [{ field: 'bodies', key: 'calls.problem.split-too-much', args: { euro: -left / 100 } }]
    : []
}

/** What changed from one plan to the other. */
export function planChanges(from: YearPlan, to: YearPlan): PlanChange[] {
  const before = planFields(from)
  const after = planFields(to)
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => !equal(before.get(field), after.get(field)))
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
}

/** Puts two people's changes of the same plan together; see `merge` of call terms. */
export function mergePlans(base: YearPlan, theirs: YearPlan, mine: YearPlan) {
  const { own, other, clashes } = bothChanged(planChanges(base, theirs), planChanges(base, mine))
  let plan = theirs
  for (const { field, to } of own) plan = withPlanField(plan, field, to)
  return { plan, theirs: other, clashes }
}

function planFields(plan: YearPlan): Map<PlanField, unknown> {
  const envelopes = Object.entries(plan.envelopes).map(
    ([action, envelope]) => [`envelope.${action}`, envelope] as const
  )
  return new Map<PlanField, unknown>([
    ...envelopes,
    ['priorities', plan.priorities],
    ['targets', plan.targets]
  ])
}

function withPlanField(plan: YearPlan, field: PlanField, value: unknown): YearPlan {
  if (field === 'priorities' || field === 'targets') return { ...plan, [field]: value }
  const envelopes = { ...plan.envelopes }
  const action = field.slice('envelope.'.length)
  if (value === null) delete envelopes[action]
  else envelopes[action] = value as Envelope
  return { ...plan, envelopes }
}

/** Money of an action in a year, in cents. */
export type MoneyOfAction = {
  action: string
  /** As the Commission sets it; undefined: not set. */
  envelope: Envelope | undefined
  /** What published calls of the edition offer. */
  inCalls: number
  /** Of grants that were decided, and of agreements that were signed; undefined: nobody answers that yet. */
  awarded: number | undefined
  committed: number | undefined
}

/**
 * What was awarded and committed in a year, by action; a question that calls ask and `awards` answers (registered by
 * the shell). undefined: there is no module yet that decides grants.
 */
export type MoneyUnder = (
  edition: number
) => Promise<ReadonlyMap<string, { awarded: number; committed: number }> | undefined>

/** The answer while there is no module that decides grants. */
export const noAwardsYet: MoneyUnder = async () => undefined

/** What calls offer for each action: by their split over actions, or all of it where they open only one. */
export function offeredBy(
  calls: readonly {
    actions: readonly string[]
    cents: number | null
    byAction: readonly { of: string; cents: number }[]
  }[]
): { byAction: Map<string, number>; unsplit: number } {
  const byAction = new Map<string, number>()
  let unsplit = 0
  const add = (action: string, cents: number) => byAction.set(action, (byAction.get(action) ?? 0) + cents)
  for (const { actions, cents, byAction: parts } of calls) {
    if (parts.length > 0) for (const { of, cents: part } of parts) add(of, part)
    else if (actions.length === 1) add(actions[0]!, cents ?? 0)
    else unsplit += cents ?? 0
  }
  return { byAction, unsplit }
}
