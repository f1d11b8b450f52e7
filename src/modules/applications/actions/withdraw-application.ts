import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { lockOutline } from '../outline.server.ts'
import { refusalOfCoordinator } from '../submission/decide.server.ts'
import { moveApplication } from '../submission/state-store.server.ts'
import { withdrawn } from '../submission/submission.ts'
import { changeState, lockStanding } from '../submission/submissions-store.server.ts'
import '../submission/events.ts'

export const permission: Permission = ['representative']

/** Withdraws what was handed in, before the deadline or after it: it will not be assessed. All of it is kept. */
export async function withdrawApplication(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  { reason }: { reason: string }
): Promise<{ code: string; state: 'withdrawn' } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, application)
    const no = outline ? refusalOfCoordinator(outline, caller) : refused('not-found')
    if (!outline || no) return no ?? refused('not-found')
    const { id, code, call } = outline
    const standing = await lockStanding(transaction, id)
    const state = withdrawn(outline.state, standing !== undefined)
    if (isRefused(state) || !standing) return isRefused(state) ? state : refused('changed')
    await changeState(transaction, standing.id, { state, by: caller.person })
    await moveApplication({ ...app, database: transaction }, id, state)
    await record(transaction, {
      act: 'applications.withdrawn',
      by: actorOf(caller),
      subject: { kind: 'application', id },
      payload: { code, number: standing.number, reason },
      about: [caller.person]
    })
    await announce(transaction, 'applications.withdrawn', { application: id, submission: standing.id, call })
    return { code, state }
  })
}
