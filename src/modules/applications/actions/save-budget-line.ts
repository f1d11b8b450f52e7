import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { tooOften } from '../writing/pace.ts'
import { type Access, ofTheConsortium } from '../access.ts'
import { draftOf, factsFor, rulesFor } from '../budget/budget-at-work.server.ts'
import { mostLines } from '../budget/budget-input.server.ts'
import type { PlannedCost } from '../budget/budget-line.ts'
import { storedLines, type StoredLine, versionOf, writeLine } from '../budget/budget-store.server.ts'
import { callOfDraft } from '../form-of-draft.server.ts'
import { lineProblems } from '../budget/line-problems.ts'
import { writableDraft } from '../budget/writable-draft.server.ts'

export const permission = ofTheConsortium

/** A line to be kept: a new one with an id of its own and `seen` 0, or another version of one that was seen. */
export type LineToSave = { id: string; seen: number; line: PlannedCost }

/** What stands instead of the version that was seen; `line` is missing when it was removed. */
export type LineMeanwhile = { version: number; line?: StoredLine }

/**
 * Keeps a line of the budget. A partner writes its own lines; whoever edits all of the application, every line. A
 * line that somebody else changed meanwhile is refused as `changed`, with what stands now: the person decides. Not
 * recorded in the audit log, like every autosave; each version is kept with who and when.
 */
export async function saveBudgetLine(
  app: { database: Database; programmes: Programmes; clock: () => Temporal.Instant },
  caller: Caller,
  application: string,
  { id, seen, line }: LineToSave
): Promise<{ id: string; version: number } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const wait = tooOften(caller.person, JSON.stringify(line).length, app.clock().epochMilliseconds)
  if (wait !== undefined) return refused('too-often', { retryAfterSeconds: wait })
  return app.database.transaction().execute(async (transaction) => {
    const draft = await writableDraft({ database: transaction }, caller, application)
    if (isRefused(draft)) return draft
    const { outline, access, answers } = draft
    const lines = await storedLines(transaction, outline.id)
    const current = lines.find((one) => one.id === id)
    if (!mayWriteLines(access, line.participant, current?.participant)) return refused('not-allowed')
    const applied = await callOfDraft({ ...app, database: transaction }, outline)
    const rules = rulesFor(applied, outline, answers, await factsFor(transaction, outline))
    const problems = lineProblems(rules, draftOf(outline, answers), line)
    if (problems.length > 0) return refused('invalid', { problems })
    const version = current?.version ?? (await versionOf(transaction, outline.id, id))
    if (version !== seen) {
      const meanwhile: LineMeanwhile = { version, ...(current && { line: current }) }
      return refused('changed', { current: meanwhile })
    }
    if (!current && lines.length >= mostLines) {
      return invalid('', 'applications-budget.problem.too-many-lines', { most: mostLines })
    }
    const change = { application: outline.id, by: caller.person, how: 'typed' } as const
    await writeLine(transaction, change, { ...line, id }, version + 1)
    return { id, version: version + 1 }
  })
}

/** Whether somebody may write lines of these participants. */
export function mayWriteLines(access: Access, ...participants: (string | undefined)[]): boolean {
  if (access.editsAll) return true
  const agreed = access.participant.state === 'accepted'
  return agreed && participants.every((id) => id === undefined || id === access.participant.id)
}
