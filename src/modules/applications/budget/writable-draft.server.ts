import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Access, accessOf } from '../access.ts'
import { answersOf } from '../answers-store.server.ts'
import type { Answer, Outline } from '../application.ts'
import { lockOutline } from '../outline.server.ts'

/** A draft whose budget can be written now; its application is locked until the transaction ends. */
export async function writableDraft(
  { database: transaction }: { database: Database },
  caller: Caller,
  application: string
): Promise<{ outline: Outline; access: Access; answers: Map<string, Answer> } | Refused> {
  const outline = await lockOutline(transaction, application)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  if (outline.state !== 'draft') return notNow('applications-budget.problem.not-a-draft')
  return { outline, access, answers: await answersOf(transaction, outline.id) }
}
