import { record } from '#shared/audit/index.ts'
import { type Refused, isRefused, notNow } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import { equal } from '../changes.ts'
import { markDropped, openCorrigendum } from '../corrigenda-store.server.ts'
import { saveRevision, termsOf } from '../store.server.ts'

export const permission: Permission = ['officer']

/** Gives up a change that is being prepared: what is published stands. What was written is kept in its revision. */
export async function dropCorrigendum(
  app: Desk,
  caller: Caller,
  code: string
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    const open = await openCorrigendum(transaction, call.id)
    if (!open) return { code }
    if (open.sentAt) return notNow('calls.not-now.in-review')
    await markDropped(transaction, open.id)
    const { terms } = await termsOf(transaction, call.id, call.publishedRevision!)
    const written = await termsOf(transaction, call.id, call.revision)
    if (!equal(terms, written.terms)) await saveRevision(transaction, call, terms, officer.person)
    await record(transaction, {
      act: 'calls.corrigendum-dropped',
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { reason: open.reason, revision: call.revision }
    })
    return { code }
  })
}
