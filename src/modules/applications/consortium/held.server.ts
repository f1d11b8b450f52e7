import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, refusalFor } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import type { Outline, Participant } from '../application.ts'
import { lockOutline } from '../outline.server.ts'

/** An application whose participants nobody else changes until the transaction ends, and who of them asks. */
export type Held = { outline: Outline; own: Participant }

/** Holds a draft for one of its people. Once it is submitted, its consortium stands. */
export async function heldBy(
  transaction: Database,
  caller: Caller,
  code: string,
  permission: Permission = ['member']
): Promise<Held | Refused> {
  const outline = await lockOutline(transaction, code)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  const own = access.participant
  const no = refusalFor(caller, permission, { organisation: own.organisation ?? undefined })
  if (no) return no
  if (outline.state !== 'draft') return notNow('applications-consortium.problem.not-a-draft')
  return { outline, own }
}

/** The same, for the coordinator's people only: they bring the consortium together. */
export async function heldByCoordinator(
  transaction: Database,
  caller: Caller,
  code: string
): Promise<Held | Refused> {
  const held = await heldBy(transaction, caller, code)
  if (isRefused(held)) return held
  return held.own.role === 'coordinator' ? held : refused('not-allowed')
}

/** The same, with a partner in it by its id. */
export async function partnerHeldByCoordinator(
  transaction: Database,
  caller: Caller,
  code: string,
  participant: string
): Promise<{ outline: Outline; partner: Participant } | Refused> {
  const held = await heldByCoordinator(transaction, caller, code)
  if (isRefused(held)) return held
  const partner = partnerIn(held.outline, participant)
  return isRefused(partner) ? partner : { outline: held.outline, partner }
}

/** Somebody in the consortium by their id, but not the coordinator. */
export function partnerIn({ participants }: Outline, id: string): Participant | Refused {
  const found = participants.find((one) => one.id === id)
  if (!found) return refused('not-found')
  return found.role === 'coordinator' ? notNow('applications-consortium.problem.coordinator-stays') : found
}
