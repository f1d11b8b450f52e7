import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Network } from '#shared/outbound/network.ts'
import { standingOf } from '../domains/domain-standing.server.ts'
import { lookForProof } from '../domains/look-for-proof.server.ts'
import { noteChecked, proofOf } from '../domains/proof-store.server.ts'
import { settleDomainLevel } from '../domains/settle-domain-level.server.ts'
import { countFor } from '../limits.server.ts'
import type { Level } from '../record/fact.ts'
import { holdRecord } from '../record/record-store.server.ts'

export const permission: Permission = ['member']

/** Looks now whether the proof of a domain stands in its place. */
export async function checkDomainProof(
  app: { database: Database; network: Network },
  caller: Caller,
  organisation: string,
  id: string
): Promise<{ domain: string; level: Level } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const proof = await proofOf(app.database, organisation, asId(id))
  if (!proof || proof.method === 'mail') return refused('not-found')
  const tooOften = await countFor(app.database, 'prove-domain', caller.person)
  if (tooOften) return tooOften
  // Outside of a transaction: others may take their time to answer.
  const looked = await lookForProof(proof, app.network)
  if (looked !== 'found') return notNow(`organisations.domain.${looked}.${proof.method}`)
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    const still = await proofOf(transaction, organisation, proof.id)
    if (!head || !still) return refused('not-found')
    await noteChecked(transaction, proof.id, still.provedAt ? 'found' : 'proved')
    const level = await settleDomainLevel(transaction, head, proof.domain, {
      person: caller.person,
      act: 'domain-proved'
    })
    const standing = await standingOf(transaction, proof.domain, organisation)
    await record(transaction, {
      act: 'organisations.domain-proved',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { proof: proof.id, domain: proof.domain, method: proof.method, standing }
    })
    if (level === 'domain-proved')
      await announce(transaction, 'organisations.domain-proved', { organisation })
    return { domain: proof.domain, level }
  })
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.domain-proved': { organisation: string }
  }
}
