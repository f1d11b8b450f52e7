import { record } from '#shared/audit/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Translated, neededLanguages } from '../call.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import {
  changeReason,
  corrigendumOfForm,
  insertCorrigendum,
  openCorrigendum
} from '../corrigenda-store.server.ts'
import { mayMove } from '../life.ts'
import { stateNow } from '../review.server.ts'

export const permission: Permission = ['officer']

/**
 * Begins to prepare a change of a published call, with the reason that everybody will read, in their language; while one is being
 * prepared, gives that one another reason. What everybody sees stays until a second officer publishes it.
 */
export async function beginCorrigendum(
  app: Desk,
  caller: Caller,
  code: string,
  { reason, form }: { reason: Translated; form?: string }
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    if (form !== undefined && (await corrigendumOfForm(transaction, call.id, form))) return { code }
    if (!mayMove(await stateNow(transaction, call), 'corrected')) return notNow('calls.not-now.corrected')
    const missing = neededLanguages.filter((language) => !reason[language]?.trim())
    if (missing.length > 0) {
      const key = 'calls.problem.reason-missing'
      return refused('invalid', {
        problems: missing.map((language) => ({ field: `reason.${language}`, key }))
      })
    }
    const open = await openCorrigendum(transaction, call.id)
    if (open?.sentAt) return notNow('calls.not-now.in-review')
    if (open) await changeReason(transaction, open.id, reason)
    else
      await insertCorrigendum(transaction, { call: call.id, reason, by: officer.person, form: form ?? null })
    await record(transaction, {
      act: 'calls.corrigendum-begun',
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { reason }
    })
    return { code }
  })
}
