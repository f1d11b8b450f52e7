import { record } from '#shared/audit/index.ts'
import { type Refused, isRefused, notNow } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import { markUnsent, openCorrigendum } from '../corrigenda-store.server.ts'
import { takeStep } from '../store.server.ts'

export const permission: Permission = ['officer']

/** Takes back what was sent for review, to write on. */
export async function takeBackCall(
  app: Desk,
  caller: Caller,
  code: string
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    if (call.stage === 'draft') return { code }
    const corrigendum = await openCorrigendum(transaction, call.id)
    if (call.stage !== 'in-review' && !corrigendum) return notNow('calls.not-now.taken-back')
    if (corrigendum) {
      if (!corrigendum.sentAt) return { code }
      await markUnsent(transaction, corrigendum.id, corrigendum.remarks)
    }
    const stage = call.stage === 'in-review' ? 'draft' : undefined
    await takeStep(transaction, call, { step: 'taken-back', by: officer.person }, stage)
    await record(transaction, {
      act: 'calls.taken-back',
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { revision: call.revision }
    })
    return { code }
  })
}
