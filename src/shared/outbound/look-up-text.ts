import { Resolver } from 'node:dns/promises'
import { type Network, openInternet } from './network.ts'

/** The TXT records of a domain, or why there is no answer. A domain without any has an empty list. */
export type TextRecords = { texts: string[] } | { refused: 'no-such-domain' | 'no-answer' }

const mostTexts = 200

/**
 * Asks the name servers for the TXT records of a domain, for proofs that somebody runs it. Pieces of one record are
 * put together. Nothing but the question for this very name is sent: no search list is tried.
 */
export async function lookUpText(
  domain: string,
  network: Network = openInternet,
  { timeoutMs = 3000 }: { timeoutMs?: number } = {}
): Promise<TextRecords> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  if (network.nameServers) resolver.setServers(network.nameServers)
  try {
    const records = await resolver.resolveTxt(`${domain.replace(/\.$/, '')}.`)
    return { texts: records.slice(0, mostTexts).map((pieces) => pieces.join('')) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENODATA') return { texts: [] }
    return { refused: code === 'ENOTFOUND' || code === 'EBADNAME' ? 'no-such-domain' : 'no-answer' }
  } finally {
    resolver.cancel()
  }
}
