import { callTaking } from '#server/calls'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { lockOutline } from '../outline.server.ts'
import { refusalOfCoordinator } from '../submission/decide.server.ts'
import { moveApplication } from '../submission/state-store.server.ts'
import { takenBack } from '../submission/submission.ts'
import { changeState, lockStanding } from '../submission/submissions-store.server.ts'
import '../submission/events.ts'

export const permission: Permission = ['representative']

/**
 * Before the deadline, takes an application back to write on. What was handed in counts until it is handed in again,
 * so whoever is interrupted loses nothing.
 */
export async function takeBackApplication(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string
): Promise<{ code: string; state: 'draft' } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, application)
    const no = outline ? refusalOfCoordinator(outline, caller) : refused('not-found')
    if (!outline || no) return no ?? refused('not-found')
    const { id, code, call } = outline
    const period = await callTaking({ database: transaction }, call)
    const standing = await lockStanding(transaction, id)
    // Pressed twice.
    if (outline.state === 'draft' && standing?.state === 'taken-back') return { code, state: 'draft' }
    const state = takenBack(outline.state, period!, period!.now)
    if (isRefused(state) || !standing) return isRefused(state) ? state : refused('changed')
    await changeState(transaction, standing.id, { state: 'taken-back', by: caller.person })
    await moveApplication({ ...app, database: transaction }, id, 'draft')
    await record(transaction, {
      act: 'applications.taken-back',
      by: actorOf(caller),
      subject: { kind: 'application', id },
      payload: { code, number: standing.number }
    })
    await announce(transaction, 'applications.taken-back', { application: id, submission: standing.id, call })
    return { code, state: 'draft' }
  })
}
