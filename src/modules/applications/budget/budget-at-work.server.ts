import type { BudgetRules } from '#modules/programmes'
import { callTaking } from '#server/calls'
import { type CallToCheck, type Programmes, budgetRules, listPlaces } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Partner } from '#shared/rules/consortium.ts'
import type { Answer, Outline } from '../application.ts'
import { knownFacts } from '../consortium/check-draft.server.ts'
import { type KnownFacts, consortiumOf } from '../consortium/consortium-of.ts'
import type { Draft } from '../draft.server.ts'
import { callOfDraft } from '../form-of-draft.server.ts'
import type { Budget, BudgetDraft } from './budget.ts'
import { lineOf, stateOf, storedLines, type StoredLine } from './budget-store.server.ts'
import { computeBudget } from './compute-budget.ts'
import { distanceFindings } from './distance-findings.ts'

/** The budget of an application as it stands, with all that it is computed from. */
export type BudgetAtWork = {
  rules: BudgetRules
  draft: BudgetDraft
  budget: Budget
  /** The lines with their versions, in the order in which they were added. */
  lines: StoredLine[]
  /** Names this state of all lines together. */
  state: string
}

/** What is known of the organisations of an application, for the day on which its call closes. */
export async function factsFor(
  database: Database,
  outline: Outline
): Promise<ReadonlyMap<string, KnownFacts>> {
  const call = await callTaking({ database }, outline.call)
  if (!call) throw new Error(`${outline.code} stands under a call that is gone.`)
  return knownFacts(database, outline, call.closesAt.toZonedDateTimeISO(call.zone).toPlainDate().toString())
}

/** Computes the budget of a draft that was opened. */
export async function budgetOfDraft(
  app: { database: Database; programmes: Programmes },
  { outline, answers, call }: Pick<Draft, 'outline' | 'answers' | 'call'>
): Promise<BudgetAtWork> {
  const closesOn = call.closesAt.toZonedDateTimeISO(call.zone).toPlainDate().toString()
  const [applied, lines, facts] = await Promise.all([
    callOfDraft(app, outline),
    storedLines(app.database, outline.id),
    knownFacts(app.database, outline, closesOn)
  ])
  const draft = { ...draftOf(outline, answers), lines: lines.map(lineOf) }
  const rules = rulesFor(applied, outline, answers, facts)
  const budget = computeBudget(rules, draft)
  budget.findings.push(...distanceFindings(listPlaces(app), draft.lines))
  return { rules, draft, budget, lines, state: stateOf(lines) }
}

/**
 * The money rules of an application's action by its call, as far as its answers and organisations decide which apply.
 * @param facts by participant: every place that asks has to ask alike, or they would disagree
 */
export function rulesFor(
  applied: CallToCheck,
  outline: Outline,
  answers: ReadonlyMap<string, Answer>,
  facts: ReadonlyMap<string, KnownFacts>
): BudgetRules {
  const { action, edition } = outline
  const written = consortiumOf(outline, facts, answers)
  const consortium = { ...written, partners: written.partners as unknown as Partner[] }
  const rules = budgetRules(applied, { action, edition, consortium })
  if (!rules) throw new Error(`${outline.code} stands under ${action} ${edition}, which there is not.`)
  return rules
}

/** The draft without its lines. */
export function draftOf(outline: Outline, answers: ReadonlyMap<string, Answer>): Omit<BudgetDraft, 'lines'> {
  const months = numberAt(answers, 'project.duration-months')
  const lumpSum = numberAt(answers, 'budget.lump-sum')
  const rows = answers.get('work-packages')?.value
  return {
    ...(months !== undefined && { months }),
    ...(lumpSum !== undefined && { lumpSum }),
    participants: outline.participants.map(({ id, position, role, name, country }) => ({
      id,
      position,
      role,
      name,
      country
    })),
    workPackages: (Array.isArray(rows) ? rows : []).map((row) => ({
      id: String(row),
      title: answers.get(`work-packages.${String(row)}.title`)?.text ?? ''
    }))
  }
}

function numberAt(answers: ReadonlyMap<string, Answer>, path: string): number | undefined {
  const value = answers.get(path)?.value
  return typeof value === 'number' ? value : undefined
}
