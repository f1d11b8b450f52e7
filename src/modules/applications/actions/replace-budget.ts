import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Problem, type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { draftOf, factsFor, rulesFor } from '../budget/budget-at-work.server.ts'
import { mostLines } from '../budget/budget-input.server.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import {
  dropLine,
  lineOf,
  stateOf,
  storedLines,
  versionOf,
  writeLine
} from '../budget/budget-store.server.ts'
import { type Difference, differenceBetween } from '../budget/difference.ts'
import { callOfDraft } from '../form-of-draft.server.ts'
import { lineProblems } from '../budget/line-problems.ts'
import { writableDraft } from '../budget/writable-draft.server.ts'
import { mayWriteLines } from './save-budget-line.ts'

export const permission = ofTheConsortium

/** Lines to stand instead of those there are; `seen` names the state that the difference was shown against. */
export type WholeBudget = { seen: string; lines: readonly BudgetLine[] }

/**
 * Replaces the lines that the caller may write, after the difference was shown and agreed to. When somebody changed
 * the budget meanwhile nothing is done: the difference has to be looked at again.
 */
export async function replaceBudget(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  { seen, lines }: WholeBudget
): Promise<Pick<Difference, 'added' | 'changed' | 'removed'> | Refused> {
  if (lines.length > mostLines) {
    return invalid('', 'applications-budget.problem.too-many-lines', { most: mostLines })
  }
  return app.database.transaction().execute(async (transaction) => {
    const draft = await writableDraft({ database: transaction }, caller, application)
    if (isRefused(draft) || !isSignedIn(caller)) return isRefused(draft) ? draft : refused('sign-in')
    const { outline, access, answers } = draft
    const stored = await storedLines(transaction, outline.id)
    if (stateOf(stored) !== seen) return refused('changed', { current: { state: stateOf(stored) } })
    const difference = differenceBetween(stored.map(lineOf), lines, (participant) =>
      mayWriteLines(access, participant)
    )
    const { added, changed, removed } = difference
    const applied = await callOfDraft({ ...app, database: transaction }, outline)
    const rules = rulesFor(applied, outline, answers, await factsFor(transaction, outline))
    const problems = [...added, ...changed.map(({ after }) => after)].flatMap((line): Problem[] =>
      lineProblems(rules, draftOf(outline, answers), line).map((problem) => ({
        ...problem,
        field: `lines.${line.id}.${problem.field}`
      }))
    )
    if (problems.length > 0) return refused('invalid', { problems })
    const change = { application: outline.id, by: caller.person, how: 'imported' } as const
    for (const line of [...added, ...changed.map(({ after }) => after)]) {
      await writeLine(transaction, change, line, (await versionOf(transaction, outline.id, line.id)) + 1)
    }
    for (const line of stored) {
      if (removed.some(({ id }) => id === line.id)) await dropLine(transaction, change, line)
    }
    await record(transaction, {
      act: 'applications.budget-imported',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { added: added.length, changed: changed.length, removed: removed.length }
    })
    return { added, changed, removed }
  })
}
