import { Temporal } from 'temporal-polyfill'
import type { Problem } from '#shared/forms/refused.ts'
import { hasCome } from '#shared/time/deadline.ts'
import type { CallTerms } from './call.ts'
import { type Change, changesBetween } from './changes.ts'
import type { OpenFrom } from './life.ts'
import { periodOf } from './readiness.ts'

/**
 * Whether a published call may say this from now on. Once it is open, its opening stands, its deadline is only ever
 * extended, for everybody, and what it opened stays open; a call that had closed is open again until a deadline that
 * is still ahead.
 */
export function problemsOfCorrection(
  published: { terms: CallTerms; period: OpenFrom },
  proposed: CallTerms,
  now: Temporal.Instant
): Problem[] {
  if (changesBetween(published.terms, proposed).length === 0) {
    return [{ field: '', key: 'calls.problem.nothing-corrected' }]
  }
  const { opensAt, closesAt } = periodOf(proposed)
  const problems: Problem[] = []
  const before = published.period
  const earlier = Temporal.Instant.compare(closesAt, before.closesAt) < 0
  const moved = Temporal.Instant.compare(closesAt, before.closesAt) !== 0
  if (moved && hasCome(closesAt, now))
    problems.push({ field: 'deadline', key: 'calls.problem.deadline-past' })
  if (!hasCome(before.opensAt, now)) return problems
  if (earlier) problems.push({ field: 'deadline', key: 'calls.problem.deadline-shortened' })
  if (Temporal.Instant.compare(opensAt, before.opensAt) !== 0) {
    problems.push({ field: 'opens', key: 'calls.problem.opening-moved' })
  }
  if (closedSomething(published.terms, proposed)) {
    problems.push({ field: 'actions', key: 'calls.problem.scope-narrowed' })
  }
  return problems
}

function closedSomething(published: CallTerms, proposed: CallTerms): boolean {
  return published.actions.some(({ action, fields }) => {
    const now = proposed.actions.find((one) => one.action === action)
    return !now || fields.some((field) => !now.fields.includes(field))
  })
}

/** What a corrigendum means for those who write an application. */
export const effects = [
  'more-time',
  'opens-otherwise',
  'checked-again',
  'more-open',
  'money',
  'languages',
  'assessment',
  'wording'
] as const
export type Effect = (typeof effects)[number]

const effectOf: Readonly<Record<string, Effect>> = {
  deadline: 'more-time',
  opens: 'opens-otherwise',
  rules: 'checked-again',
  applicants: 'checked-again',
  actions: 'more-open',
  budget: 'money',
  priorities: 'assessment',
  languages: 'languages',
  assessment: 'assessment'
}

/** What changes mean for open drafts, the most important first. */
export function effectsOf(changes: readonly Change[]): Effect[] {
  const found = new Set(changes.map(({ field }) => effectOf[field.split('.')[0]!] ?? 'wording'))
  return effects.filter((effect) => found.has(effect))
}

/** Whether a corrigendum extends the deadline. */
export function extendsDeadline(before: OpenFrom, after: OpenFrom): boolean {
  return Temporal.Instant.compare(after.closesAt, before.closesAt) > 0
}

/**
 * How many applications stand under a call, named by its code; a question that calls ask and `applications` answers (registered by the
 * shell).
 */
export type DraftsUnder = (call: string) => Promise<{ drafts: number; submitted: number }>

/** The answer while there is no module that takes applications. */
export const noApplicationsYet: DraftsUnder = async () => ({ drafts: 0, submitted: 0 })

/** Whether a call may be published for the first time: its deadline is still ahead. */
export function problemsOfFirst(terms: CallTerms, now: Temporal.Instant): Problem[] {
  const { closesAt } = periodOf(terms)
  return hasCome(closesAt, now) ? [{ field: 'deadline', key: 'calls.problem.deadline-past' }] : []
}

/**
 * Who writes a draft under a call, named by its code, and is told of its corrigenda for that: their addresses, in lower
 * case. A question that calls ask, so that nobody gets two letters, and `applications` answers.
 */
export type ToldAsWriters = (call: string) => Promise<ReadonlySet<string>>

/** The answer while there is no module that takes applications. */
export const nobodyWritesYet: ToldAsWriters = async () => new Set()
