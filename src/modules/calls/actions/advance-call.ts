import { record } from '#shared/audit/index.ts'
import { type Refused, isRefused, notNow } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import { openCorrigendum } from '../corrigenda-store.server.ts'
import { move } from '../life.ts'
import { stateNow } from '../review.server.ts'
import { takeStep } from '../store.server.ts'

export const permission: Permission = ['officer']

/** What an officer notes about a call after its deadline, or puts away. */
export const advances = ['assessment-begun', 'decided', 'archived'] as const
export type Advance = (typeof advances)[number]

const acts = {
  'assessment-begun': 'calls.assessment-begun',
  decided: 'calls.decided',
  archived: 'calls.archived'
} as const

/** Notes that assessment has begun, that it is decided, or that the call is put away. */
export async function advanceCall(
  app: Desk,
  caller: Caller,
  code: string,
  step: Advance
): Promise<{ code: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    const next = move(await stateNow(transaction, call), step)
    // Pressed twice: it stands there already.
    if (isRefused(next)) return standsAfter(call.stage, step) ? { code } : next
    if (await openCorrigendum(transaction, call.id)) return notNow('calls.not-now.corrigendum-open')
    await takeStep(transaction, call, { step, by: officer.person }, next.stage)
    await record(transaction, {
      act: acts[step],
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { code }
    })
    return { code }
  })
}

function standsAfter(stage: string, step: Advance): boolean {
  return stage === (step === 'assessment-begun' ? 'in-assessment' : step)
}
