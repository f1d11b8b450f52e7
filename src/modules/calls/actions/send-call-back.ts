import { record } from '#shared/audit/index.ts'
import { type Refused, invalid, isRefused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { markUnsent } from '../corrigenda-store.server.ts'
import { doneBefore, inReview } from '../second-officer.server.ts'
import { takeStep } from '../store.server.ts'

export const permission: Permission = ['officer', 'administrator']

/** The second officer sends back what lies for review, with remarks for those who wrote it. Pressed twice: once. */
export async function sendCallBack(
  app: Desk,
  caller: Caller,
  code: string,
  { revision, remarks }: { revision: number; remarks: string }
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const review = await inReview(app, transaction, caller, { code, revision })
    if (isRefused(review)) {
      const before = await doneBefore(transaction, caller, { code, revision }, review, ['sent-back'])
      return before ? { code } : review
    }
    if (remarks.trim() === '') return invalid('remarks', 'calls.problem.remarks-missing')
    const { call, what, second } = review
    if (what.corrigendum) await markUnsent(transaction, what.corrigendum.id, remarks)
    const stage = what.corrigendum ? undefined : 'draft'
    await takeStep(transaction, call, { step: 'sent-back', by: second.person, remarks }, stage)
    await record(transaction, {
      act: 'calls.sent-back',
      by: actorOf(second),
      subject: { kind: 'call', id: call.id },
      payload: { revision: call.revision, remarks }
    })
    return { code }
  })
}
