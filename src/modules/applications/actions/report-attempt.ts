import type { Temporal } from 'temporal-polyfill'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import { findOutline } from '../outline.server.ts'
import { countClaims, insertClaim } from '../submission/claims-store.server.ts'

export const permission: Permission = ['member']

/** An attempt that a browser or a program could not make: by its own clock, told once it is back. */
export type Claim = {
  what: 'save' | 'submit'
  at: Temporal.Instant
  /** In its own words. */
  why: string
  /** Sent twice, it is one. */
  form: string
}

// More would say nothing more.
const mostClaims = 50

/** Reports an attempt that never reached us. It is kept as a claim, apart from what the system knows itself. */
export async function reportAttempt(
  app: { database: Database },
  caller: Caller,
  application: string,
  claim: Claim
): Promise<{ noted: true } | Refused> {
  const outline = await findOutline(app.database, application)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access) || !isSignedIn(caller)) return isRefused(access) ? access : refused('sign-in')
  if ((await countClaims(app.database, outline.id, caller.person)) >= mostClaims)
    return notNow('applications-submission.not-now.many-claims')
  return app.database.transaction().execute(async (transaction) => {
    const isNew = await insertClaim(transaction, outline, { ...claim, by: caller.person })
    if (isNew) {
      // What people write stands in the claim; the log says that there is one.
      await record(transaction, {
        act: 'applications.attempt-claimed',
        by: actorOf(caller),
        subject: { kind: 'application', id: outline.id },
        payload: { code: outline.code, call: outline.call, what: claim.what, at: claim.at.toString() }
      })
    }
    return { noted: true }
  })
}
