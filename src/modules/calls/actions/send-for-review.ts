import { record } from '#shared/audit/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import { markSent } from '../corrigenda-store.server.ts'
import { move } from '../life.ts'
import { reviewed, stateNow } from '../review.server.ts'
import { takeStep } from '../store.server.ts'

export const permission: Permission = ['officer']

/**
 * Gives a draft, or a corrigendum that was prepared, to a second officer. Refused while something has to be settled.
 * Sent already: nothing happens.
 * @param revision what the officer saw last; if somebody saved since, they look again first
 */
export async function sendForReview(
  app: Desk,
  caller: Caller,
  code: string,
  revision: number
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    const what = await reviewed(app, transaction, call)
    if (what.sent) return { code }
    if (call.revision !== revision) return refused('changed', { current: { revision: call.revision } })
    const next = what.corrigendum ? undefined : move(await stateNow(transaction, call), 'sent')
    if (next && isRefused(next)) return next
    if (what.problems.length > 0) return refused('invalid', { problems: what.problems })
    if (what.corrigendum) await markSent(transaction, what.corrigendum.id, officer.person)
    await takeStep(transaction, call, { step: 'sent', by: officer.person }, next?.stage)
    await record(transaction, {
      act: 'calls.sent-for-review',
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { revision: call.revision, corrigendum: what.corrigendum !== undefined }
    })
    return { code }
  })
}
