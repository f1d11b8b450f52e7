import { record } from '#shared/audit/index.ts'
import type { JsonValue } from '#shared/audit/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { type Desk, callInHand } from '../at-desk.server.ts'
import type { CallTerms } from '../call.ts'
import { type Change, type TermField, changesBetween, merge } from '../changes.ts'
import { openCorrigendum } from '../corrigenda-store.server.ts'
import { keepDocuments } from '../documents.server.ts'
import { namesOf } from '../persons.server.ts'
import { findTerms, saveRevision, termsOf } from '../store.server.ts'
import type { Database } from '#shared/database/index.ts'
import type { StoredCall } from '../store.server.ts'

export const permission: Permission = ['officer']

export type Saving = {
  /** The revision that the officer began from. */
  revision: number
  /** What they wrote; what is not named stays. */
  change: Partial<CallTerms>
}

export type SavedCall = {
  revision: number
  /** Nothing differed from what stood already: a form sent twice, for instance. */
  unchanged: boolean
}

/** What somebody else saved meanwhile: `current` of a refusal as changed. */
export type SavedMeanwhile = {
  revision: number
  by: string | null
  /** ISO 8601. */
  at: string
  /** What they changed. */
  theirs: Change[]
  /** Fields that both changed, each in another way. */
  clashes: TermField[]
  /** Both together; where they clash, what was to be saved now. */
  merged: CallTerms
}

/**
 * Saves what an officer wrote into a draft, or into the corrigendum that is being prepared. If somebody else saved
 * meanwhile, nothing is saved: the officer is shown the other's change, and both put together, to save again.
 */
export async function saveCall(
  app: Desk,
  caller: Caller,
  code: string,
  { revision, change }: Saving
): Promise<SavedCall | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const hand = await callInHand(transaction, caller, permission, code)
    if (isRefused(hand)) return hand
    const { call, officer } = hand
    const frozen = await frozenBecause(transaction, call)
    if (frozen) return frozen
    const current = await termsOf(transaction, call.id, call.revision)
    const base = await findTerms(transaction, call.id, revision)
    if (!base) return refused('not-found')
    const mine = { ...base.terms, ...change }
    const { terms, theirs, clashes } = merge(base.terms, current.terms, mine)
    const changes = changesBetween(current.terms, terms)
    if (changes.length === 0) return { revision: call.revision, unchanged: true }
    if (theirs.length > 0) {
      const names = await namesOf(transaction, [current.by])
      const meanwhile: SavedMeanwhile = {
        revision: call.revision,
        by: names.get(current.by) ?? null,
        at: current.at.toString(),
        theirs,
        clashes,
        merged: terms
      }
      return refused('changed', { current: meanwhile })
    }
    const gone = change.documents && (await keepDocuments(transaction, call.id, terms))
    if (gone) return gone
    const saved = await saveRevision(transaction, call, terms, officer.person)
    await record(transaction, {
      act: 'calls.saved',
      by: actorOf(officer),
      subject: { kind: 'call', id: call.id },
      payload: { revision: saved, changes: changes as unknown as JsonValue }
    })
    return { revision: saved, unchanged: false }
  })
}

/** Why nothing can be written into a call now; undefined when it can. */
async function frozenBecause(transaction: Database, call: StoredCall): Promise<Refused | undefined> {
  if (call.stage === 'draft') return undefined
  if (call.stage === 'in-review') return notNow('calls.not-now.in-review')
  const corrigendum = await openCorrigendum(transaction, call.id)
  if (!corrigendum) return notNow('calls.not-now.only-by-corrigendum')
  return corrigendum.sentAt ? notNow('calls.not-now.in-review') : undefined
}
