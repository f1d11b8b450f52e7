import type { Database } from '#shared/database/index.ts'
import { factsInForce } from '../record/record-store.server.ts'
import type { DomainStanding } from './domain-proof.ts'
import { standingOf } from './domain-standing.server.ts'
import { type DomainProof, proofsOf } from './proof-store.server.ts'
import { domainsIn } from './settle-domain-level.server.ts'

/** A domain of an organisation, what a proof of it would say, and the proofs there are or may be given. */
export type DomainsShown = { domain: string; standing: DomainStanding; proofs: DomainProof[] }[]

export async function domainsShown(database: Database, organisation: string): Promise<DomainsShown> {
  const [facts, proofs] = await Promise.all([
    factsInForce(database, organisation),
    proofsOf(database, organisation)
  ])
  return Promise.all(
    domainsIn(facts).map(async (domain) => ({
      domain,
      standing: await standingOf(database, domain, organisation),
      proofs: proofs.filter((proof) => proof.domain === domain)
    }))
  )
}
