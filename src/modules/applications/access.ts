import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, refusalFor } from '#shared/identity/index.ts'
import type { Outline, Participant } from './application.ts'
import { readPath } from './path.ts'

/** Who writes an application: the people of the organisations in it. */
export const ofTheConsortium: Permission = ['member']

/** What somebody may do in an application, by the organisation they act for. */
export type Access = {
  /** The part of the consortium that they act for. */
  participant: Participant
  /** Whether they speak for the whole: the coordinator, and whom it gave that right. */
  editsAll: boolean
  /** Whether they may write the field at a path. */
  edits: (path: string) => boolean
}

/**
 * What the caller may do. Who acts for no organisation of the consortium is told that there is no such application;
 * who could in another role, which one. An organisation that was asked sees what is written, and neither writes nor hears the others until it agrees.
 */
export function accessOf(outline: Outline, caller: Caller): Access | Refused {
  const organisations = outline.participants.flatMap(({ organisation }) => organisation ?? [])
  const no = refusalFor(caller, ofTheConsortium, { organisation: organisations })
  if (no) return no.refused === 'not-allowed' ? refused('not-found') : no
  const own = caller.person === undefined ? undefined : caller.acting
  const participant = outline.participants.find(
    ({ organisation }) => own && 'organisation' in own && organisation === own.organisation
  )
  if (!participant) return refused('not-found')
  const agreed = participant.state === 'accepted'
  const editsAll = agreed && (participant.role === 'coordinator' || participant.edits === 'all')
  return {
    participant,
    editsAll,
    edits: (path) => agreed && (editsAll || readPath(path)?.participant === participant.id)
  }
}

/** Refuses who was only asked to take part: what the others say to each other, and who wrote what, is not theirs yet. */
export function refusedUnlessAgreed(access: Access | Refused): Refused | undefined {
  if (isRefused(access)) return access
  return access.participant.state === 'accepted' ? undefined : refused('not-allowed')
}

/** Refuses who does not speak for the whole application. */
export function refusedUnlessAll(access: Access | Refused): Refused | undefined {
  if (isRefused(access)) return access
  return access.editsAll ? undefined : refused('not-allowed')
}
