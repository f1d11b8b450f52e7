import { type CallTaking, callTaking } from '#server/calls'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Access, accessOf } from './access.ts'
import { answersOf } from './answers-store.server.ts'
import type { Answer, Outline } from './application.ts'
import { findOutline } from './outline.server.ts'

/** An application as one of its people opens it. */
export type Draft = {
  outline: Outline
  access: Access
  answers: Map<string, Answer>
  call: CallTaking
}

/** Opens an application for somebody of its consortium. */
export async function openDraft(
  app: { database: Database },
  caller: Caller,
  codeOrId: string
): Promise<Draft | Refused> {
  const outline = await findOutline(app.database, codeOrId)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  const [answers, call] = await Promise.all([
    answersOf(app.database, outline.id),
    callTaking(app, outline.call)
  ])
  if (!call) throw new Error(`${outline.code} stands under a call that is gone.`)
  return { outline, access, answers, call }
}
