import type { Database } from '#shared/database/index.ts'
import type { Fact, Level } from '../record/fact.ts'
import { type ChangedBy, type Head, changeRecord, factsInForce } from '../record/record-store.server.ts'
import { standingOf } from './domain-standing.server.ts'
import { proofsOf } from './proof-store.server.ts'

/**
 * Makes the facts of a domain as sure as its proofs are: what the organisation says of its domain is proved while a
 * proof stands and the domain is its own.
 * @returns how sure it is now
 */
export async function settleDomainLevel(
  transaction: Database,
  head: Head,
  domain: string,
  by: Omit<ChangedBy, 'source'>
): Promise<Level> {
  const proofs = await proofsOf(transaction, head.id)
  const proof = proofs.find((one) => one.domain === domain && one.provedAt !== undefined)
  const standing = await standingOf(transaction, domain, head.id)
  const level: Level = proof && standing === 'own' ? 'domain-proved' : 'self-declared'
  const facts = await factsInForce(transaction, head.id)
  const own = facts.find(
    (fact) => fact.kind === 'domain' && fact.value === domain && fact.source === 'organisation'
  )
  if (own ? own.level === level : level === 'self-declared') return level
  const evidence = level === 'domain-proved' ? proof!.method : undefined
  await changeRecord(
    transaction,
    head,
    facts,
    { ended: own ? [own] : [], begun: [{ kind: 'domain', detail: '', value: domain, level, evidence }] },
    { ...by, source: 'organisation' }
  )
  return level
}

/** Domains of a record, each once, whoever says them. */
export function domainsIn(facts: readonly Fact[]): string[] {
  return [...new Set(facts.filter(({ kind }) => kind === 'domain').map(({ value }) => value))]
}
