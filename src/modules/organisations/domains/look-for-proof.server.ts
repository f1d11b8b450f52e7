import { guardedFetch } from '#shared/outbound/guarded-fetch.ts'
import { lookUpText } from '#shared/outbound/look-up-text.ts'
import type { Network } from '#shared/outbound/network.ts'
import { fileAddress, holdsProof, proofLine, recordName } from './domain-proof.ts'
import type { DomainProof } from './proof-store.server.ts'

/**
 * What looking came to. `no-answer`: the other side could not be asked, which says nothing about the proof.
 */
export type Looked = 'found' | 'not-found' | 'no-answer'

const mostBytes = 10_000

/** Looks whether a proof stands where it was asked for: in the record of the domain, or in the file on its site. */
export async function lookForProof(
  { domain, method, token }: Pick<DomainProof, 'domain' | 'method' | 'token'>,
  network: Network,
  address = fileAddress(domain)
): Promise<Looked> {
  if (token === undefined) return 'not-found'
  if (method === 'dns') {
    const records = await lookUpText(recordName(domain), network)
    if ('refused' in records) return records.refused === 'no-such-domain' ? 'not-found' : 'no-answer'
    return records.texts.some((text) => text.trim() === proofLine(token)) ? 'found' : 'not-found'
  }
  // The answer has to come from the domain itself: a redirect to somewhere else would prove that other place.
  const answer = await guardedFetch(
    address,
    { purpose: 'domain proof', maxBytes: mostBytes, maxRedirects: 0 },
    network
  )
  if ('refused' in answer) return 'no-answer'
  if (answer.status >= 500) return 'no-answer'
  return answer.status === 200 && holdsProof(new TextDecoder().decode(answer.body), token)
    ? 'found'
    : 'not-found'
}
