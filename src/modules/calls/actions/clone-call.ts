import { record } from '#shared/audit/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import { clonedTo } from '../clone.server.ts'
import { keepDocuments } from '../documents.server.ts'
import { findCallOfForm, insertCall, saveRevision, takeStep, termsOf } from '../store.server.ts'

export const permission: Permission = ['officer']

/**
 * Begins a call as a copy of another of the same body, moved to another edition. What differs was shown before.
 * @param form of the form that asks: sent twice, it makes one call
 */
export async function cloneCall(
  app: Desk,
  caller: Caller,
  code: string,
  { edition, form }: { edition: number; form?: string }
): Promise<{ code: string } | Refused> {
  if (!app.programmes.editions.includes(edition)) {
    return invalid('edition', 'calls.problem.edition', { latest: app.programmes.editions[0]! })
  }
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    const before = form === undefined ? undefined : await findCallOfForm(transaction, form)
    if (before) return before.body === call.body ? { code: before.code } : refused('not-found')
    const { terms } = await termsOf(transaction, call.id, call.publishedRevision ?? call.revision)
    const clone = await clonedTo({ ...app, database: transaction }, call, terms, edition)
    const { id, code: made } = await insertCall(transaction, {
      body: call.body,
      edition,
      kind: call.kind,
      form: form ?? null,
      clonedFrom: call.id
    })
    const gone = await keepDocuments(transaction, id, clone.terms)
    if (gone) return gone
    const revision = await saveRevision(transaction, { id, revision: 0 }, clone.terms, officer.person)
    await takeStep(transaction, { id, revision }, { step: 'drafted', by: officer.person })
    await record(transaction, {
      act: 'calls.begun',
      by: actorOf(officer),
      subject: { kind: 'call', id },
      payload: { code: made, body: call.body, edition, kind: call.kind, clonedFrom: code }
    })
    return { code: made }
  })
}
