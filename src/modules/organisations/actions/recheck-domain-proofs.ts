import type { Temporal } from 'temporal-polyfill'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { Network } from '#shared/outbound/network.ts'
import { mailProofDays, missingDays } from '../domains/domain-proof.ts'
import { lookForProof } from '../domains/look-for-proof.server.ts'
import { type DomainProof, noteChecked, proofOf, proofsToCheck } from '../domains/proof-store.server.ts'
import { settleDomainLevel } from '../domains/settle-domain-level.server.ts'
import { writeDomainLetter } from '../members/letters.server.ts'
import { membersOf } from '../members/members-store.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Nobody by hand: it is done on a clock. */
export const permission: Permission = []

/** How many are looked at in one go; the rest comes the next time. */
const together = 200

/**
 * Looks again for proofs of domains that were given some time ago. One that is missing is lost after some weeks; those
 * who may sign for the organisation are told when it goes missing and when it is lost. That the other side does not
 * answer says nothing.
 * @returns how many were looked at
 */
export async function recheckDomainProofs(app: {
  database: Database
  network: Network
  clock: () => Temporal.Instant
}): Promise<number> {
  const proofs = await proofsToCheck(app.database, together)
  for (const proof of proofs) {
    const now = app.clock()
    const outcome = proof.method === 'mail' ? ofMail(proof, now) : await ofPlace(proof, now, app.network)
    await app.database.transaction().execute((transaction) => settle(transaction, proof, outcome))
  }
  return proofs.length
}

type Outcome = 'found' | 'missing' | 'lost'

function ofMail({ provedAt }: DomainProof, now: Temporal.Instant): Outcome {
  return now.since(provedAt!).total('hours') >= mailProofDays * 24 ? 'lost' : 'found'
}

async function ofPlace(proof: DomainProof, now: Temporal.Instant, network: Network): Promise<Outcome> {
  const looked = await lookForProof(proof, network)
  if (looked === 'found') return 'found'
  // Who does not answer keeps the proof, and is asked again; if it was missing before, that goes on.
  if (looked === 'no-answer' && !proof.missingSince) return 'found'
  const missing = proof.missingSince ? now.since(proof.missingSince).total('hours') : 0
  return missing >= missingDays * 24 ? 'lost' : 'missing'
}

async function settle(transaction: Database, proof: DomainProof, outcome: Outcome): Promise<void> {
  const { organisation, domain, id } = proof
  const head = await holdRecord(transaction, organisation)
  const still = await proofOf(transaction, organisation, id)
  if (!head || !still) return
  await noteChecked(transaction, id, outcome)
  if (outcome === 'found' || (outcome === 'missing' && still.missingSince)) return
  if (outcome === 'lost') {
    await settleDomainLevel(transaction, head, domain, { act: 'domain-proof-lost' })
    await record(transaction, {
      act: 'organisations.domain-proof-lost',
      by: { system: 'organisations.recheck-domains' },
      subject: { kind: 'organisation', id: organisation },
      payload: { proof: id, domain, method: proof.method }
    })
  }
  const members = await membersOf(transaction, organisation)
  const told = members.filter(({ as }) => as === 'representative')
  for (const { email, language, person } of told.length > 0 ? told : members)
    await writeDomainLetter(transaction, { email, language, person }, { organisation, domain, what: outcome })
}
