import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { dropLine, storedLines } from '../budget/budget-store.server.ts'
import { writableDraft } from '../budget/writable-draft.server.ts'
import { type LineMeanwhile, mayWriteLines } from './save-budget-line.ts'

export const permission = ofTheConsortium

/** Removes a line of the budget; what it was stays in its changes. One that is gone already is no trouble. */
export async function removeBudgetLine(
  app: { database: Database },
  caller: Caller,
  application: string,
  { id, seen }: { id: string; seen: number }
): Promise<{ removed: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const draft = await writableDraft({ database: transaction }, caller, application)
    if (isRefused(draft) || !isSignedIn(caller)) return isRefused(draft) ? draft : refused('sign-in')
    const { outline, access } = draft
    const line = (await storedLines(transaction, outline.id)).find((one) => one.id === id)
    if (!line) return { removed: id }
    if (!mayWriteLines(access, line.participant)) return refused('not-allowed')
    if (line.version !== seen) {
      const meanwhile: LineMeanwhile = { version: line.version, line }
      return refused('changed', { current: meanwhile })
    }
    await dropLine(transaction, { application: outline.id, by: caller.person, how: 'typed' }, line)
    return { removed: id }
  })
}
