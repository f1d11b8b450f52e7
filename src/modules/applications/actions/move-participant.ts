import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { oneOf } from '#shared/forms/fields.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { partnerHeldByCoordinator } from '../consortium/held.server.ts'
import { orderParticipants } from '../consortium/participants-store.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** The coordinator's people. */
export const permission: Permission = ['member']

export const moving = z.object({ to: oneOf(['up', 'down']) })

/** Moves a partner one place up or down. The coordinator stays first. */
export async function moveParticipant(
  app: { database: Database },
  caller: Caller,
  application: string,
  { participant, to }: { participant: string; to: string }
): Promise<{ order: string[] } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  if (to !== 'up' && to !== 'down') return invalid('to', 'form.not-offered')
  return app.database.transaction().execute(async (transaction) => {
    const held = await partnerHeldByCoordinator(transaction, caller, application, participant)
    if (isRefused(held)) return held
    const { outline, partner } = held
    const order = outline.participants.filter(({ role }) => role !== 'coordinator').map(({ id }) => id)
    const from = order.indexOf(partner.id)
    const place = to === 'up' ? from - 1 : from + 1
    if (place < 0 || place >= order.length) return { order }
    order.splice(from, 1)
    order.splice(place, 0, partner.id)
    await orderParticipants(transaction, order)
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.participants-ordered',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { order }
    })
    return { order }
  })
}
