import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { closeRequest, holdRequest } from '../members/members-store.server.ts'

/** Whoever asked. */
export const permission: Permission = ['self']

/** Takes one's own request to join back. */
export async function withdrawRequest(
  app: { database: Database },
  caller: Caller,
  request: string
): Promise<{ withdrawn: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const open = await holdRequest(transaction, request)
    const no = refusalFor(caller, permission, { person: open?.person })
    // Whether there is such a request is nobody else's business.
    if (!open || no) return refused('not-found')
    await closeRequest(transaction, request, { decision: 'withdrawn', by: caller.person })
    await record(transaction, {
      act: 'organisations.join-withdrawn',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: open.organisation },
      payload: { request },
      about: [caller.person]
    })
    return { withdrawn: request }
  })
}
