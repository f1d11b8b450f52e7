import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { noteChecked, proofByLink } from '../domains/proof-store.server.ts'
import { settleDomainLevel } from '../domains/settle-domain-level.server.ts'
import { digestOfLink } from '../members/link.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Whoever holds the link: it was mailed to those who run the domain. They need no account here. */
export const permission: Permission = 'public'

/** Confirms by the link of a mail that an organisation runs a domain. Opening the page is not enough: programs do. */
export async function confirmDomainMail(
  app: { database: Database },
  secret: string
): Promise<{ organisation: string; domain: string } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const proof = await proofByLink(transaction, digestOfLink(secret))
    const head = proof && (await holdRecord(transaction, proof.organisation))
    // Looked at again now that the record is held: the link works once.
    const still = proof && (await proofByLink(transaction, digestOfLink(secret)))
    if (!head || !still)
      return proof && !head ? refused('not-found') : notNow('organisations.domain.link-over')
    const { organisation, domain, id } = still
    await noteChecked(transaction, id, 'proved')
    const level = await settleDomainLevel(transaction, head, domain, { act: 'domain-proved' })
    await record(transaction, {
      act: 'organisations.domain-proved',
      by: { system: 'link mailed to the domain' },
      subject: { kind: 'organisation', id: organisation },
      payload: {
        proof: id,
        domain,
        method: 'mail',
        mailedTo: still.mailedTo ?? null,
        askedBy: still.askedBy ?? null
      }
    })
    if (level === 'domain-proved')
      await announce(transaction, 'organisations.domain-proved', { organisation })
    return { organisation, domain }
  })
}
